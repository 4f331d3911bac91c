package dev.parley.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * An event as one line: time, level, thread, logger, what it is about ({@code conversation=12}),
 * message, and the stack trace after bars. Nobody can forge a second line or drive a terminal with
 * what they send: control characters become spaces. Secrets are taken out last, of all of it.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

  /** A message may quote something huge. */
  private static final int LONGEST = 16_000;

  private final ZoneId zone;
  private final Redaction redaction;

  LogLine(ZoneId zone, Redaction redaction) {
    this.zone = zone;
    this.redaction = redaction;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(200);
    line.append(time(event, zone))
        .append(' ')
        .append(event.getLevel())
        .append(" [")
        .append(event.getThreadName())
        .append("] ")
        .append(simpleName(event.getLoggerName()));
    for (Map.Entry<String, String> about : event.getMDCPropertyMap().entrySet()) {
      line.append(' ').append(about.getKey()).append('=').append(about.getValue());
    }
    line.append(" - ").append(event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      line.append(" | ")
          .append(
              ThrowableProxyUtil.asString(event.getThrowableProxy())
                  .strip()
                  .replaceAll("\\R\\s*", " | "));
    }
    String text = redaction.apply(line.toString());
    return oneLine(bounded(text));
  }

  /** When it happened, in ISO 8601. */
  static String time(ILoggingEvent event, ZoneId zone) {
    return TIME.format(Instant.ofEpochMilli(event.getTimeStamp()).atZone(zone));
  }

  private static String simpleName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  /** With blanks for what ends lines or drives terminals. */
  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\u2028\\u2029]", " ") + System.lineSeparator();
  }

  /** The text, or as much of it as a log may hold. */
  static String bounded(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "… (" + (text.length() - LONGEST) + " more characters)";
  }
}
