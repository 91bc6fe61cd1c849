import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Command line around the veraPDF library: {@code VeraPdf FLAVOUR[,FLAVOUR] BUSY PATIENCE FILE...}.
 *
 * Per file and flavour (ua1, 2a, ...) one line {@code RESULT file flavour passed|failed}, or
 * {@code ERROR file flavour message}, followed by one line
 * {@code RULE clause test count message context} per failed rule. Fields are split by tabs.
 *
 * A file that takes more than {@code BUSY} milliseconds of processor time, {@code PATIENCE}
 * milliseconds of any time, or more memory than there is, gets the message {@code TIME} or
 * {@code MEMORY}, and ends the program: it cannot be stopped in any other way.
 */
public final class VeraPdf {

    public static void main(String[] arguments) throws InterruptedException {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        long busy = Long.parseLong(arguments[1]);
        long patience = Long.parseLong(arguments[2]);
        for (int i = 3; i < arguments.length; i++) {
            judge(new File(arguments[i]), arguments[0].split(","), busy, patience);
        }
    }

    private static void judge(File file, String[] flavours, long busy, long patience)
            throws InterruptedException {
        AtomicReference<String> stop = new AtomicReference<>("TIME");
        AtomicInteger judged = new AtomicInteger();
        Thread judge = new Thread(() -> {
            try {
                for (; judged.get() < flavours.length; judged.incrementAndGet()) {
                    validate(file, flavours[judged.get()]);
                }
            } catch (OutOfMemoryError error) {
                stop.set("MEMORY");
            } catch (Error error) {
                stop.set(String.valueOf(error));
            }
        });
        judge.setDaemon(true);
        judge.start();
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long end = System.currentTimeMillis() + patience;
        while (judge.isAlive() && System.currentTimeMillis() < end
                && clock.getThreadCpuTime(judge.getId()) < 1_000_000 * busy) {
            judge.join(10);
        }
        if (judged.get() < flavours.length) {
            for (int i = judged.get(); i < flavours.length; i++) {
                print("ERROR", file.getPath(), flavours[i], stop.get());
            }
            System.out.flush();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void validate(File file, String flavourId) {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(flavourId);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            print("RESULT", file.getPath(), flavourId, result.isCompliant() ? "passed" : "failed");
            printFailedRules(result);
        } catch (Exception | StackOverflowError error) {
            print("ERROR", file.getPath(), flavourId, String.valueOf(error.getMessage()));
        }
    }

    private static void printFailedRules(ValidationResult result) {
        Map<RuleId, TestAssertion> first = new LinkedHashMap<>();
        Map<RuleId, Integer> counts = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                first.putIfAbsent(assertion.getRuleId(), assertion);
                counts.merge(assertion.getRuleId(), 1, Integer::sum);
            }
        }
        first.forEach((rule, assertion) -> print(
                "RULE", rule.getClause(), String.valueOf(rule.getTestNumber()),
                String.valueOf(counts.get(rule)), String.valueOf(assertion.getMessage()),
                assertion.getLocation().getContext()));
    }

    private static void print(String... fields) {
        for (int i = 0; i < fields.length; i++) {
            fields[i] = fields[i].replaceAll("\\s+", " ");
        }
        System.out.println(String.join("\t", fields));
    }
}
