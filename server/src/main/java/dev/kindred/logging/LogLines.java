package dev.kindred.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.kindred.config.Config;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Turns an event into a line: a JSON object with the event's fields beside its time and message, or
 * the same as text.
 *
 * <p>Nothing that comes from outside can begin a new line, except in stack traces.
 */
final class LogLines extends EncoderBase<ILoggingEvent> {

  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] NOTHING = {};

  private final Config.LogFormat format;

  LogLines(Config.LogFormat format) {
    this.format = format;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String line =
        switch (format) {
          case JSON -> json(event);
          case TEXT -> text(event);
        };
    return line.getBytes(UTF_8);
  }

  private static String json(ILoggingEvent event) {
    // Characters, not bytes: half a surrogate pair must not cost the line.
    var line = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeStringProperty("time", time(event));
      json.writeStringProperty("level", event.getLevel().toString());
      json.writeStringProperty("logger", event.getLoggerName());
      json.writeStringProperty("message", event.getFormattedMessage());
      for (KeyValuePair field : fields(event)) {
        json.writeName(field.key);
        write(json, field.value);
      }
      var thrown = event.getThrowableProxy();
      if (thrown != null) json.writeStringProperty("stack", ThrowableProxyUtil.asString(thrown));
      json.writeEndObject();
    }
    return line.append('\n').toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Boolean truth -> json.writeBoolean(truth);
      case List<?> list -> {
        json.writeStartArray();
        for (Object part : list) write(json, part);
        json.writeEndArray();
      }
      case null, default -> json.writeString(String.valueOf(value));
    }
  }

  private static String text(ILoggingEvent event) {
    var line = new StringBuilder(256).append(time(event));
    line.append(' ').append("%-5s".formatted(event.getLevel())).append(' ');
    String logger = event.getLoggerName();
    line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(": ");
    line.append(oneLine(event.getFormattedMessage()));
    for (KeyValuePair field : fields(event)) {
      line.append(' ').append(field.key).append('=').append(oneLine(String.valueOf(field.value)));
    }
    line.append('\n');
    var thrown = event.getThrowableProxy();
    return thrown == null
        ? line.toString()
        : line.append(ThrowableProxyUtil.asString(thrown)).toString();
  }

  private static String time(ILoggingEvent event) {
    return event.getInstant().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\R|\\p{Cntrl}", " ");
  }

  private static List<KeyValuePair> fields(ILoggingEvent event) {
    var fields = event.getKeyValuePairs();
    return fields == null ? List.of() : fields;
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
