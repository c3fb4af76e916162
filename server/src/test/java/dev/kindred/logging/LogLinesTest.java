package dev.kindred.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.kindred.config.Config;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLinesTest {

  @Test
  void a_json_line_holds_the_fields_beside_time_and_message() {
    assertThat(line(Config.LogFormat.JSON, event("job done", null)))
        .isEqualTo(
            """
            {"time":"2026-01-02T03:04:05.678Z","level":"INFO","logger":"dev.kindred.jobs.Worker",\
            "message":"job done","rows":12,"ok":true,"names":["a","b"],"why":"say \\"x\\"\\nnext"}
            """);
  }

  @Test
  void a_text_line_stays_one_line_whatever_comes_from_outside() {
    assertThat(line(Config.LogFormat.TEXT, event("job\ndone", null)))
        .isEqualTo(
            "2026-01-02T03:04:05.678Z INFO  Worker: job done rows=12 ok=true names=[a, b]"
                + " why=say \"x\" next\n");
  }

  @Test
  void a_failure_brings_its_stack() {
    var failure = new IllegalStateException("gone");
    assertThat(line(Config.LogFormat.TEXT, event("x", failure)))
        .contains("IllegalStateException: gone");
    assertThat(line(Config.LogFormat.JSON, event("x", failure)))
        .contains("\"stack\":\"java.lang.IllegalStateException: gone");
  }

  @Test
  void half_a_character_does_not_cost_the_line() {
    assertThat(line(Config.LogFormat.JSON, event("bad \ud800 text", null))).contains("bad ? text");
  }

  private static LoggingEvent event(String message, @Nullable Throwable failure) {
    var context = new LoggerContext();
    var logger = context.getLogger("dev.kindred.jobs.Worker");
    var event = new LoggingEvent("", logger, Level.INFO, message, failure, null);
    event.setInstant(Instant.parse("2026-01-02T03:04:05.678901Z"));
    event.setKeyValuePairs(
        List.of(
            new KeyValuePair("rows", 12),
            new KeyValuePair("ok", true),
            new KeyValuePair("names", List.of("a", "b")),
            new KeyValuePair("why", "say \"x\"\nnext")));
    return event;
  }

  private static String line(Config.LogFormat format, LoggingEvent event) {
    return new String(new LogLines(format).encode(event), UTF_8);
  }
}
