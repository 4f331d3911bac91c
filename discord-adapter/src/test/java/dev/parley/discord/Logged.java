package dev.parley.discord;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class logs while this is open. */
final class Logged implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  Logged(Class<?> of) {
    logger = (Logger) LoggerFactory.getLogger(of);
    appender.start();
    logger.addAppender(appender);
  }

  boolean has(String words) {
    return List.copyOf(appender.list).stream()
        .anyMatch(event -> event.getFormattedMessage().contains(words));
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
  }
}
