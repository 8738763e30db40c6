/* SPDX-License-Identifier: MIT
 *
 * In: arguments, the profiles; standard input, the path of a PDF a line, and behind a tab
 * profiles of its own, if it has any, with commas between them. Out: for each file
 * and profile a line `FILE TAB PROFILE TAB passed|failed|died`, and before it a line `TAB
 * RULE TAB COUNT TAB OBJECT TAB MESSAGE` for each rule that it breaks, with the first object
 * that does. One virtual machine for all files: the first of them costs seconds, the others
 * a tenth of one. Threads share the list; veraPDF keeps its state by thread. */
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public final class Validate {
    private static final class Broken {
        String object;
        String message;
        int count;
    }

    private Validate() {
    }

    private static String oneLine(String text) {
        return text == null ? "" : text.replaceAll("\\s+", " ").trim();
    }

    private static Map<String, Broken> brokenRules(ValidationResult result) {
        Map<String, Broken> found = new LinkedHashMap<>();
        for (TestAssertion test : result.getTestAssertions()) {
            if (test.getStatus() != TestAssertion.Status.FAILED) {
                continue;
            }
            String rule = test.getRuleId().getClause() + "-"
                    + test.getRuleId().getTestNumber();
            Broken broken = found.computeIfAbsent(rule, key -> new Broken());
            if (broken.count++ == 0) {
                broken.object = oneLine(test.getLocation().getContext());
                broken.message = oneLine(test.getMessage());
            }
        }
        return found;
    }

    private static String validate(String path, String profile) {
        PDFAFlavour flavour = PDFAFlavour.fromString(profile);
        StringBuilder out = new StringBuilder();
        String verdict;
        try (InputStream in = new FileInputStream(path);
             PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
             PDFAValidator validator =
                     Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            for (Map.Entry<String, Broken> e : brokenRules(result).entrySet()) {
                Broken b = e.getValue();
                out.append('\t').append(e.getKey()).append('\t').append(b.count)
                   .append('\t').append(b.object).append('\t').append(b.message)
                   .append('\n');
            }
            verdict = result.isCompliant() ? "passed" : "failed";
        } catch (Exception | StackOverflowError e) {
            out.append("\t-\t1\t\t").append(oneLine(e.toString())).append('\n');
            verdict = "died";
        }
        return out + path + "\t" + profile + "\t" + verdict + "\n";
    }

    private static String validateAll(String line, String[] profiles) {
        StringBuilder out = new StringBuilder();
        String[] fields = line.split("\t");
        for (String profile : fields.length > 1 ? fields[1].split(",") : profiles) {
            out.append(validate(fields[0], profile));
        }
        return out.toString();
    }

    public static void main(String[] profiles) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        ExecutorService threads =
                Executors.newFixedThreadPool(Integer.getInteger("threads", 1));
        BufferedReader in = new BufferedReader(
                new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<Future<String>> results = new ArrayList<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String file = line;
            results.add(threads.submit(() -> validateAll(file, profiles)));
        }
        threads.shutdown();
        for (Future<String> result : results) {
            System.out.write(result.get().getBytes(StandardCharsets.UTF_8));
            System.out.flush();
        }
    }
}
