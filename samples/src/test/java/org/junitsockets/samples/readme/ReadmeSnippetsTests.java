package org.junitsockets.samples.readme;

import static org.junitsockets.assertj.SocketAssertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each piece of Java in README is, word for word, code that was compiled, and run as a test unless it needs a registry. */
class ReadmeSnippetsTests {

    private static final Path README = Path.of("..", "README.md");
    private static final List<Path> EXAMPLES = List.of(
            Path.of("src/test/java/org/junitsockets/samples/readme/ReadmeExamplesTests.java"),
            Path.of("../extension/conformance/src/test/java/org/junitsockets/conformance/ReadmeTestCases.java"),
            Path.of("../extension/testcontainers/src/test/java/org/junitsockets/testcontainers/ReadmeTestCases.java"));

    private static final Pattern JAVA_BLOCK = Pattern.compile("(?m)^```java\\n([\\s\\S]*?)^```$");
    private static final Pattern SNIPPET =
            Pattern.compile("(?m)^<!-- snippet: (\\S+) -->\\n```java\\n([\\s\\S]*?)^```$");

    @Test
    void everyJavaBlockNamesItsSource() throws IOException {
        assertThat(all(SNIPPET).size()).isEqualTo(all(JAVA_BLOCK).size()).isPositive();
    }

    @Test
    void everySnippetIsTheTestedCode() throws IOException {
        for (MatchResult snippet : all(SNIPPET)) {
            assertThat(snippet.group(2)).as(snippet.group(1)).isEqualTo(tagged(snippet.group(1)));
        }
    }

    private static List<MatchResult> all(Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(README));
        return matcher.results().toList();
    }

    private static String tagged(String name) throws IOException {
        StringBuilder source = new StringBuilder();
        for (Path examples : EXAMPLES) {
            source.append(Files.readString(examples));
        }
        Matcher region = Pattern.compile(
                        "// tag::" + name + "\\[]\\n([\\s\\S]*?)^ *// end::" + name + "\\[]", Pattern.MULTILINE)
                .matcher(source);
        assertThat(region.find()).as("a region tagged " + name).isTrue();
        return region.group(1)
                .stripTrailing() // a last empty line would count as one without indent
                .stripIndent()
                .lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
