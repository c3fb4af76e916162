package dev.kindred;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's example is compiled and run as it is printed. */
class LibraryGuideTest {

  private static final Path GUIDE = Path.of("..", "docs", "library.md");
  private static final int PATIENCE_SECONDS = 120;

  @TempDir private Path folder;

  @Test
  void the_example_prints_what_the_guide_says() throws IOException, InterruptedException {
    String guide = Files.readString(GUIDE);
    Path source = Files.writeString(folder.resolve("Example.java"), block(guide, "java"));
    String classPath = System.getProperty("java.class.path");
    int failures =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classPath, "-d", folder.toString(), source.toString());
    assertThat(failures).as("what the compiler says of the example").isZero();

    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    var flags =
        List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED");
    assertThat(guide.replaceAll("\\s+", " ")).contains(String.join(" ", flags));
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Dstdout.encoding=UTF-8"));
    command.addAll(List.of("-cp", classPath + File.pathSeparator + folder, "Example"));
    command.add(folder.resolve("data").toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as("ended in time; err: %s", Files.readString(err)).isTrue();
    assertThat(Files.readString(out, UTF_8))
        .as("err: %s", Files.readString(err))
        .isEqualTo(block(guide, "text"));
  }

  private static String block(String guide, String language) {
    var block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(guide);
    assertThat(block.find()).as("a block of %s", language).isTrue();
    return block.group(1);
  }
}
