package dev.kindred.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in the README run as they stand. */
class ReadmeTest {

  /** An example, and the path that the server must offer for it. */
  record Example(int number, Optional<String> needs, String program) {
    @Override
    public String toString() {
      return "example " + number;
    }
  }

  @TempDir Path folder;

  static Stream<Example> examples() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Pattern block =
        Pattern.compile("(?:<!-- needs: (\\S+) -->\n)?```java\n(.*?)```", Pattern.DOTALL);
    List<MatchResult> found = block.matcher(readme).results().toList();
    assertThat(found).hasSizeGreaterThan(3);
    return Stream.iterate(0, n -> n < found.size(), n -> n + 1)
        .map(n ->
            new Example(n + 1, Optional.ofNullable(found.get(n).group(1)), found.get(n).group(2)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void an_example_runs(Example example) throws Exception {
    if (example.needs.isPresent() && !offered().containsKey(example.needs.get())) return;
    String program =
        example
            .program
            .replace("http://localhost:8080", TestServer.URL)
            .replace("your-api-key", TestServer.KEY);
    Path source = folder.resolve("Example.java");
    Files.writeString(source, program);
    var errors = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    var files = compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source);
    var options = List.of("-d", folder.toString(), "--release", "17", "-proc:none");
    assertThat(compiler.getTask(errors, null, null, options, null, files).call())
        .as(errors.toString())
        .isTrue();
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      loader
          .loadClass("Example")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    }
  }

  private static Map<?, ?> offered() {
    return (Map<?, ?>)
        Optional.ofNullable(TestServer.client().getOpenApi().get("paths")).orElseThrow();
  }
}
