package dev.parley.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.Map;

/**
 * An event as a JSON object on one line, with what {@link LogLine} has. Secrets are taken out of
 * each value before it is escaped, which Logback's own encoder leaves no room for: a quote in a
 * secret would hide it from a search of the line.
 */
final class JsonLine extends LayoutBase<ILoggingEvent> {
  private final ZoneId zone;
  private final Redaction redaction;

  JsonLine(ZoneId zone, Redaction redaction) {
    this.zone = zone;
    this.redaction = redaction;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("timestamp", LogLine.time(event, zone));
    line.put("level", event.getLevel().toString());
    line.put("thread", safe(event.getThreadName()));
    line.put("logger", event.getLoggerName());
    Map<String, String> about = event.getMDCPropertyMap();
    if (!about.isEmpty()) {
      ObjectNode mdc = line.putObject("mdc");
      about.forEach((key, value) -> mdc.put(key, safe(value)));
    }
    line.put("message", safe(event.getFormattedMessage()));
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.put("stackTrace", safe(ThrowableProxyUtil.asString(thrown)));
    }
    return LogLine.oneLine(line.toString());
  }

  private String safe(String text) {
    return LogLine.bounded(redaction.apply(text));
  }
}
