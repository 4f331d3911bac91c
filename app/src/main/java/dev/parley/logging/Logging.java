package dev.parley.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import dev.parley.configuration.Configuration;
import dev.parley.configuration.Configuration.Log;
import dev.parley.configuration.Configuration.LogTarget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Starts the log of this process. */
public final class Logging {
  /**
   * What people and the model write may be logged by this logger and no other; it is off unless the
   * operator turned it on.
   */
  public static final String MESSAGE_TEXT = "dev.parley.messagetext";

  private static final String OURS = "dev.parley";

  /** The files together hold at most some 40 MB. */
  private static final FileSize LARGEST = FileSize.valueOf("10MB");

  private static final int OLD_FILES = 3;

  private Logging() {}

  /**
   * Logs from now on as the operator wants.
   *
   * @param attended whether somebody talks in this terminal, which the log then leaves alone
   */
  public static void start(Configuration configuration, boolean attended) {
    start(
        configuration.log(),
        configuration.logFolder(),
        attended,
        new Redaction(configuration.secrets()));
  }

  static void start(Log log, Path folder, boolean attended, Redaction redaction) {
    ZoneId zone = ZoneId.systemDefault();
    Layout<ILoggingEvent> layout =
        switch (log.format()) {
          case TEXT -> new LogLine(zone, redaction);
          case JSON -> new JsonLine(zone, redaction);
        };
    LogTarget target = attended ? LogTarget.FILE : log.target();
    LoggerContext context = (LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory();
    List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
    if (target != LogTarget.STDERR) {
      RollingFileAppender<ILoggingEvent> file = file(context, folder, layout);
      if (file.isStarted()) {
        appenders.add(file);
      } else {
        System.err.println("The log goes here, because " + folder + " cannot be written.");
        target = LogTarget.STDERR;
      }
    }
    if (target != LogTarget.FILE) {
      appenders.add(standardError(context, layout));
    }
    use(context, appenders, Level.toLevel(log.level().name()), log.messageText());
  }

  /** The least important event of Parley itself that is logged now. */
  public static org.slf4j.event.Level level() {
    return org.slf4j.event.Level.valueOf(ours().getEffectiveLevel().toString());
  }

  /** Logs events of Parley itself from this on, until the process ends; texts as before. */
  public static void level(org.slf4j.event.Level least) {
    ours().setLevel(Level.toLevel(least.name()));
  }

  private static Logger ours() {
    return ((LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory()).getLogger(OURS);
  }

  /** Warnings to standard error: before the configuration is read, and for short commands. */
  static void startQuietly(LoggerContext context) {
    LogLine layout = new LogLine(ZoneId.systemDefault(), new Redaction(List.of()));
    use(context, List.of(standardError(context, layout)), Level.WARN, false);
  }

  private static void use(
      LoggerContext context,
      List<Appender<ILoggingEvent>> appenders,
      Level level,
      boolean messageText) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.setLevel(Level.WARN); // libraries say much below that
    context.getLogger(OURS).setLevel(level);
    // what it says of failed requests, Parley says once and with what to do
    context.getLogger("net.dv8tion.jda.internal.requests").setLevel(Level.OFF);
    context.getLogger("net.dv8tion.jda.api.requests").setLevel(Level.OFF);
    context.getLogger(MESSAGE_TEXT).setLevel(messageText ? Level.TRACE : Level.OFF);
    appenders.forEach(root::addAppender);
    // JLine and OkHttp log through the JDK, whose own handler writes to the terminal
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private static RollingFileAppender<ILoggingEvent> file(
      LoggerContext context, Path folder, Layout<ILoggingEvent> layout) {
    String name = folder.resolve("parley.log").toString();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setFile(name);
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(name.replace("%", "\\%") + ".%i");
    rolling.setMaxIndex(OLD_FILES);
    rolling.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
    trigger.setContext(context);
    trigger.setMaxFileSize(LARGEST);
    trigger.setCheckIncrement(Duration.buildByMilliseconds(0)); // else it looks once a minute
    trigger.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(trigger);
    return start(appender, context, layout);
  }

  private static ConsoleAppender<ILoggingEvent> standardError(
      LoggerContext context, Layout<ILoggingEvent> layout) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setTarget("System.err");
    return start(appender, context, layout);
  }

  private static <A extends OutputStreamAppender<ILoggingEvent>> A start(
      A appender, LoggerContext context, Layout<ILoggingEvent> layout) {
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
