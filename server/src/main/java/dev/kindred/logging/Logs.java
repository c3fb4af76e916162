package dev.kindred.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.kindred.config.Config;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/**
 * Sets up what is logged: to standard error, for standard output belongs to what commands answer.
 *
 * <p>The libraries speak one step softer than we do: at level info only their warnings show. Those
 * that log through {@code java.util.logging} are brought along.
 */
public final class Logs extends ContextAwareBase implements Configurator {

  private static final String OURS = "dev.kindred";

  /** Called by Logback before the first line, when no configuration is known yet. */
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    set(context, new Config.Logging(Config.LogLevel.INFO, Config.LogFormat.TEXT));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** From now on, logs as configured. */
  public static void set(Config.Logging logging) {
    set((LoggerContext) LoggerFactory.getILoggerFactory(), logging);
    bridgeJavaLogging(logging.level());
  }

  /** From now on, logs as much as this level says. */
  public static void setLevel(Config.LogLevel level) {
    setLevels((LoggerContext) LoggerFactory.getILoggerFactory(), level);
    bridgeJavaLogging(level);
  }

  private static void set(LoggerContext context, Config.Logging logging) {
    var lines = new LogLines(logging.format());
    lines.setContext(context);
    lines.start();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget(ConsoleTarget.SystemErr.getName());
    console.setEncoder(lines);
    console.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(console);
    setLevels(context, logging.level());
  }

  private static void setLevels(LoggerContext context, Config.LogLevel level) {
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(ofLibraries(level));
    context.getLogger(OURS).setLevel(Level.valueOf(level.name()));
  }

  private static Level ofLibraries(Config.LogLevel level) {
    return switch (level) {
      case TRACE -> Level.DEBUG;
      case DEBUG -> Level.INFO;
      case INFO, WARN -> Level.WARN;
      case ERROR -> Level.ERROR;
    };
  }

  private static void bridgeJavaLogging(Config.LogLevel level) {
    var root = LogManager.getLogManager().getLogger("");
    for (Handler handler : root.getHandlers()) root.removeHandler(handler);
    root.addHandler(new Bridge());
    root.setLevel(
        switch (level) {
          case TRACE -> java.util.logging.Level.FINE;
          case DEBUG -> java.util.logging.Level.INFO;
          case INFO, WARN -> java.util.logging.Level.WARNING;
          case ERROR -> java.util.logging.Level.SEVERE;
        });
  }

  /** Hands on what libraries log through {@code java.util.logging}. */
  private static final class Bridge extends Handler {

    @Override
    public void publish(LogRecord record) {
      String name = record.getLoggerName();
      var format = new java.util.logging.SimpleFormatter();
      LoggerFactory.getLogger(name == null ? "java" : name)
          .atLevel(level(record.getLevel().intValue()))
          .setCause(record.getThrown())
          .log(format.formatMessage(record));
    }

    private static org.slf4j.event.Level level(int level) {
      if (level >= java.util.logging.Level.SEVERE.intValue()) return org.slf4j.event.Level.ERROR;
      if (level >= java.util.logging.Level.WARNING.intValue()) return org.slf4j.event.Level.WARN;
      if (level >= java.util.logging.Level.INFO.intValue()) return org.slf4j.event.Level.INFO;
      return org.slf4j.event.Level.DEBUG;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
