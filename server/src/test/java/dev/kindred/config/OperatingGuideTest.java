package dev.kindred.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guide for operators says what the program does. */
class OperatingGuideTest {

  private static final Path GUIDE = Path.of("../docs/operating.md");

  @Test
  void the_guide_has_the_row_of_every_key_in_the_order_of_the_table() throws IOException {
    List<String> rows =
        Files.readAllLines(GUIDE).stream()
            .filter(line -> line.matches("\\| `[A-Z_]+` \\|.*"))
            .toList();
    List<String> expected = Settings.ALL.stream().map(OperatingGuideTest::row).toList();
    assertThat(rows)
        .as("rows of docs/operating.md; they should be\n%s\n", String.join("\n", expected))
        .containsExactlyElementsOf(expected);
  }

  private static String row(Setting<?> setting) {
    var meaning = new StringBuilder(setting.meaning());
    for (String other : setting.otherNames()) meaning.append(" Also: `").append(other).append("`.");
    String standard = setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`";
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(setting.name(), standard, setting.allowed(), live(setting), meaning);
  }

  private static String live(Setting<?> setting) {
    return switch (setting.reach()) {
      case FIXED -> "";
      case LIVE -> "yes";
      case TENANT -> "yes, per tenant";
    };
  }
}
