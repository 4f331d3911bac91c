package dev.parley.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.configuration.Configuration.Log;
import dev.parley.configuration.Configuration.LogFormat;
import dev.parley.configuration.Configuration.LogTarget;
import dev.parley.configuration.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

class LoggingTest {
  private static final Logger ours = LoggerFactory.getLogger("dev.parley.chat.Chat");
  private static final Log USUAL = new Log(Level.INFO, LogTarget.FILE, LogFormat.TEXT, false);

  private static final Log JSON = new Log(Level.INFO, LogTarget.FILE, LogFormat.JSON, false);

  @TempDir private Path folder;

  @AfterEach
  void asBefore() {
    Logging.startQuietly((LoggerContext) LoggerFactory.getILoggerFactory());
  }

  @Test
  void anEventIsOneLineWithTimeLevelAndWhatItIsAbout() {
    start(USUAL);

    try (var _ = MDC.putCloseable("conversation", "12")) {
      ours.info("Answered in {} ms", 15);
    }

    assertThat(lines())
        .singleElement()
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\dT\\S+ INFO \\[.+] Chat conversation=12 - Answered in 15 ms");
  }

  @Test
  void theLevelChangesWhileItRunsButTextsStayOut() {
    start(USUAL);

    ours.debug("before");
    Logging.level(Level.DEBUG);
    ours.debug("while it is debug");
    LoggerFactory.getLogger(Logging.MESSAGE_TEXT).debug("What Ada wrote");
    Logging.level(Level.ERROR);
    ours.warn("after");

    assertThat(lines()).singleElement().asString().endsWith("while it is debug");
    assertThat(Logging.level()).isEqualTo(Level.ERROR);
  }

  @Test
  void aStackTraceStaysOnTheLineOfItsEvent() {
    start(USUAL);

    ours.warn("Failed", new IllegalStateException("outer", new IOException("inner\nsecond line")));

    assertThat(lines())
        .singleElement()
        .asString()
        .contains(
            "- Failed | java.lang.IllegalStateException: outer | at ",
            "| Caused by: java.io.IOException: inner | second line | ");
  }

  @Test
  void nobodyForgesALineOrDrivesATerminal() {
    start(USUAL);

    ours.info("Hello {}", "x\n2026-01-01 ERROR forged\r\u001b[31m\u2028\u0085end");

    assertThat(lines()).singleElement().asString().doesNotContain("\u001b", "\u2028", "\u0085");
  }

  @Test
  void nobodyDrivesATerminalByJsonEither() throws Exception {
    start(JSON);

    ours.info("Hello {}", "x\r\u001b[31m\u009b31m\u2028\u0085end");

    assertThat(onlyLineAsJson().path("message").asText()).startsWith("Hello x\r\u001b[31m 31m");
    assertThat(text()).doesNotContain("\u001b", "\u009b", "\u2028", "\u0085");
  }

  @Test
  void secretsAreHiddenInMessagesArgumentsAndExceptions() {
    start(USUAL, new Secret("sk/secret+1"), new Secret("sk/secret+12345"), new Secret("x"));

    ours.warn(
        "Key sk/secret+12345 of {}",
        "http://host/?key=sk%2Fsecret%2B1",
        new IOException("sk/secret+1 refused"));

    assertThat(text())
        .contains("Key (hidden) of http://host/?key=(hidden)", "IOException: (hidden) refused")
        .doesNotContain("sk/", "2Fsecret");
  }

  @Test
  void asJsonAnEventIsOneObjectOnOneLine() throws Exception {
    start(JSON);

    try (var _ = MDC.putCloseable("conversation", "12")) {
      ours.info("Answered \"{}\"\nforged", 15);
    }

    JsonNode line = onlyLineAsJson();
    assertThat(line.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("timestamp", "level", "thread", "logger", "mdc", "message");
    assertThat(OffsetDateTime.parse(line.path("timestamp").asText())).isNotNull();
    assertThat(line.path("level").asText()).isEqualTo("INFO");
    assertThat(line.path("logger").asText()).isEqualTo("dev.parley.chat.Chat");
    assertThat(line.path("mdc").path("conversation").asText()).isEqualTo("12");
    assertThat(line.path("message").asText()).isEqualTo("Answered \"15\"\nforged");
  }

  @Test
  void secretsAreHiddenEverywhereInJsonToo() throws Exception {
    start(JSON, new Secret("sk/secret\"1\\"), new Secret("sk/secret+12345"));

    try (var _ = MDC.putCloseable("about", "sk/secret+12345")) {
      ours.warn(
          "Key sk/secret\"1\\ of {}",
          "http://host/?key=sk%2Fsecret%2B12345",
          new IOException("outer sk/secret\"1\\", new IOException("inner sk/secret\"1\\")));
    }

    JsonNode line = onlyLineAsJson();
    assertThat(line.path("message").asText())
        .isEqualTo("Key (hidden) of http://host/?key=(hidden)");
    assertThat(line.path("mdc").path("about").asText()).isEqualTo("(hidden)");
    assertThat(line.path("stackTrace").asText())
        .contains("IOException: outer (hidden)", "IOException: inner (hidden)");
    assertThat(text()).doesNotContain("sk/", "2Fsecret");
  }

  @Test
  void aHugeMessageIsCutAndStillJson() throws Exception {
    start(JSON);

    ours.info("\"".repeat(1_000_000));

    assertThat(onlyLineAsJson().path("message").asText()).contains("more characters)");
    assertThat(text()).hasSizeLessThan(40_000);
  }

  @Test
  void aHugeMessageIsCut() {
    start(USUAL);

    ours.info("x".repeat(1_000_000));

    assertThat(text()).hasSizeLessThan(20_000).contains("more characters)");
  }

  @Test
  void secretsAreHiddenInWhatIsSaidToo() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Redaction redaction = new Redaction(List.of(new Secret("sk/secret+1")));

    SafeStreams.safe(out, redaction).printf("鑰匙 %s of %s%n", "sk/secret+1", "sk%2Fsecret%2B1");

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("鑰匙 (hidden) of (hidden)" + System.lineSeparator());
  }

  @Test
  void librariesLogWarningsOnly() {
    start(new Log(Level.DEBUG, LogTarget.FILE, LogFormat.TEXT, false));

    LoggerFactory.getLogger("ai.djl.engine").info("chatter");
    LoggerFactory.getLogger("org.flywaydb.core").warn("matter");
    java.util.logging.Logger.getLogger("org.jline").warning("through the JDK");
    ours.debug("detail");

    assertThat(text()).contains("matter", "through the JDK", "detail").doesNotContain("chatter");
  }

  @Test
  void whatPeopleWriteIsLoggedOnlyWhenAsked() {
    Logger messageText = LoggerFactory.getLogger(Logging.MESSAGE_TEXT);
    start(new Log(Level.TRACE, LogTarget.FILE, LogFormat.TEXT, false));
    messageText.error("dear diary");
    assertThat(text()).doesNotContain("dear diary");

    start(new Log(Level.INFO, LogTarget.FILE, LogFormat.TEXT, true));
    messageText.info("dear diary");
    assertThat(text()).contains("dear diary");
  }

  @Test
  void whileSomebodyTalksTheTerminalIsLeftAlone() {
    Logging.start(
        new Log(Level.INFO, LogTarget.STDERR, LogFormat.TEXT, false),
        folder,
        true,
        new Redaction(List.of()));

    ours.warn("for the file");

    assertThat(text()).contains("for the file");
  }

  @Test
  void theFilesAreBounded() throws IOException {
    start(USUAL);
    String line = "x".repeat(15_000);
    for (int i = 0; i < 6_000; i++) {
      ours.info(line);
    }

    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    assertThat(bytes).isLessThan(60_000_000);
  }

  private void start(Log log, Secret... secrets) {
    Logging.start(log, folder, false, new Redaction(List.of(secrets)));
  }

  private JsonNode onlyLineAsJson() throws IOException {
    assertThat(lines()).hasSize(1);
    return new ObjectMapper().readTree(text());
  }

  private List<String> lines() {
    return text().lines().toList();
  }

  private String text() {
    try {
      return Files.readString(folder.resolve("parley.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
