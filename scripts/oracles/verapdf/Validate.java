import java.io.FileInputStream;
import java.io.InputStream;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates PDFs with the engine of veraPDF. Each argument is a flavour and a path, as 2b=report.pdf; a line for each says
 * "ok" or "fault", and which clauses are broken.
 */
public final class Validate {
    public static void main(String[] arguments) {
        VeraGreenfieldFoundryProvider.initialise();
        boolean sound = true;
        for (String argument : arguments) {
            int cut = argument.indexOf('=');
            String broken = broken(argument.substring(0, cut), argument.substring(cut + 1));
            sound &= broken.isEmpty();
            System.out.println((broken.isEmpty() ? "ok\t" : "fault\t") + argument + "\t" + broken);
        }
        System.exit(sound ? 0 : 1);
    }

    private static String broken(String flavour, String path) {
        TreeMap<String, String> clauses = new TreeMap<>();
        try (InputStream stream = new FileInputStream(path);
                PDFAParser parser = Foundries.defaultInstance()
                        .createParser(stream, PDFAFlavour.fromString(flavour))) {
            ValidationResult result = Foundries.defaultInstance()
                    .createValidator(parser.getFlavour(), false)
                    .validate(parser);
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    clauses.put(assertion.getRuleId().getClause(), assertion.getMessage());
                }
            }
            return result.isCompliant() || !clauses.isEmpty() ? clauses.toString().replaceAll("^\\{\\}$", "") : "not compliant";
        } catch (Exception error) {
            return error.toString();
        }
    }
}
