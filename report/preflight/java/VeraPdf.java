import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * Command line around the veraPDF library: {@code VeraPdf FLAVOUR[,FLAVOUR] FILE...}.
 *
 * Per file and flavour (ua1, 2a, ...) one line {@code RESULT file flavour passed|failed}, or
 * {@code ERROR file flavour message}, followed by one line
 * {@code RULE clause test count message context} per failed rule. Fields are split by tabs.
 */
public final class VeraPdf {

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        for (int i = 1; i < arguments.length; i++) {
            for (String flavour : arguments[0].split(",")) {
                validate(new File(arguments[i]), flavour);
            }
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
        } catch (Exception error) {
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
