package dev.parley.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.configuration.Configuration.LogTarget;
import dev.parley.configuration.ConfigurationReport.Effective;
import dev.parley.model.transformer.Weights;
import dev.parley.platform.PersonId;
import dev.parley.queue.QueueLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class ConfigurationReportTest {
  private Operator operator;

  @BeforeEach
  void install(@TempDir Path root) throws IOException {
    operator = new Operator(root);
  }

  @Test
  void everythingHasADefault() throws Exception {
    Configuration configuration = operator.configuration();

    assertThat(configuration.home()).isEqualTo(operator.folder().resolve("data"));
    assertThat(configuration.name()).isEqualTo("Parley");
    assertThat(configuration.model().local()).isEmpty();
    assertThat(configuration.model().urls()).isEmpty();
    assertThat(configuration.model().weights()).isEmpty();
    assertThat(configuration.queue()).isEqualTo(QueueLimits.DEFAULT);
    assertThat(configuration.settings()).isEmpty();
    assertThat(configuration.log().level()).isEqualTo(Level.INFO);
    assertThat(configuration.log().messageText()).isFalse();
    assertThat(configuration.secrets()).isEmpty();
  }

  @Test
  void theFileIsReadInLevels() throws Exception {
    Configuration configuration =
        operator
            .writes(
                """
                name: Ada
                system-prompt: |
                  You work for a library.
                  Be brief.
                model:
                  url: http://localhost:8000/v1
                  slots: 16
                  context: 4096
                  weights: FP32
                  threads: 3
                answer:
                  temperature: 0.7
                conversation:
                  idle: 7d
                settings:
                  language: zh-TW
                log:
                  target: both
                """)
            .configuration();

    assertThat(configuration.name()).isEqualTo("Ada");
    assertThat(configuration.systemPrompt()).isEqualTo("You work for a library.\nBe brief.\n");
    assertThat(configuration.model().urls())
        .containsExactly(URI.create("http://localhost:8000/v1"));
    assertThat(configuration.model().slots()).contains(16);
    assertThat(configuration.model().context()).contains(4096);
    assertThat(configuration.model().weights()).contains(Weights.FP32);
    assertThat(configuration.model().threads()).contains(3);
    assertThat(configuration.answer().temperature()).contains(0.7);
    assertThat(configuration.conversationIdle()).isEqualTo(Duration.ofDays(7));
    assertThat(configuration.settings()).containsOnlyKeys("language").containsValue("zh-TW");
    assertThat(configuration.log().target()).isEqualTo(LogTarget.BOTH);
  }

  @Test
  void operatorsAreNamedByPlatformAndNumber() throws Exception {
    assertThat(operator.configuration().operators()).isEmpty();

    assertThat(operator.writes("operators: telegram:12345, discord:678").configuration())
        .extracting(Configuration::operators)
        .isEqualTo(Set.of(new PersonId("telegram", "12345"), new PersonId("discord", "678")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345", "terminal:local", "telegram:@ada", "telegram:1,"})
  void anybodyElseIsNoOperator(String written) throws Exception {
    assertThat(operator.writes("operators: \"" + written + "\"").findings())
        .singleElement()
        .asString()
        .contains("operators must be none, or people such as telegram:12345, discord:678");
  }

  @Test
  void severalServersHaveCommasBetweenThem() throws Exception {
    Configuration configuration =
        operator
            .writes(
                """
                model:
                  url: http://one:8000/v1, http://two:8000/v1
                  fallback: local
                """)
            .configuration();

    assertThat(configuration.model().urls())
        .containsExactly(URI.create("http://one:8000/v1"), URI.create("http://two:8000/v1"));
    assertThat(configuration.model().fallback()).contains("local");
  }

  @Test
  void severalAnswersWantAJudge() throws Exception {
    assertThatThrownBy(() -> operator.writes("best-of:\n  answers: 3\n").configuration())
        .hasMessageContainingAll(
            "line 2", "best-of.answers is 3", "best-of.reward-model", "best-of.ranker");

    Configuration.BestOf judged =
        operator.writes("best-of:\n  answers: 3\n  ranker: mine\n").configuration().bestOf();

    assertThat(judged.answers()).isEqualTo(3);
    assertThat(judged.ranker()).hasValue(operator.folder().resolve("mine"));
  }

  @Test
  void theSameServerTwiceIsAMistake() throws Exception {
    assertThat(operator.writes("model.url: http://one/v1, http://one/v1").findings())
        .singleElement()
        .asString()
        .contains("model.url must be", "several with commas");
  }

  @Test
  void aKeyMayAlsoBeWrittenWithDots() throws Exception {
    assertThat(operator.writes("model.slots: 5").configuration().model().slots()).contains(5);
  }

  @Test
  void everyKeyIsAVariableWithUnderscores() throws Exception {
    Configuration configuration =
        operator
            .sets("PARLEY_QUEUE_WAITING_PER_PERSON", "3")
            .sets("PARLEY_SETTINGS_ANSWER_LENGTH", "short")
            .configuration();

    assertThat(configuration.queue().waitingPerPerson()).isEqualTo(3);
    assertThat(configuration.settings()).containsEntry("answer-length", "short");
  }

  @Test
  void theEnvironmentCountsMoreThanTheFileAndEachValueKnowsItsOrigin() throws Exception {
    operator.writes("model:\n  slots: 4\n  context: 512\n").sets("PARLEY_MODEL_SLOTS", "2");

    assertThat(operator.configuration().model().slots()).contains(2);
    assertThat(operator.report().values())
        .extracting(Effective::key, Effective::text, value -> value.origin().toString())
        .contains(
            tuple("model.slots", "2", "PARLEY_MODEL_SLOTS"),
            tuple("model.context", "512", "config/parley.yaml, line 3"),
            tuple("model.threads", "auto", "default"));
  }

  @Test
  void anEmptyVariableIsNotSet() throws Exception {
    assertThat(operator.sets("PARLEY_MODEL_SLOTS", "").configuration().model().slots()).isEmpty();
  }

  @Test
  void shortVariablesStandForLongOnes() throws Exception {
    assertThat(operator.sets("PARLEY_MODEL", "smollm2").configuration().model().local())
        .contains("smollm2");
    assertThat(operator.sets("PARLEY_MODEL_LOCAL", "other").findings())
        .containsExactly("PARLEY_MODEL_LOCAL: says the same as PARLEY_MODEL: keep one");
  }

  @Test
  void relativePathsMeanParleysFolderInTheFileAndTheCallersInTheEnvironment() throws Exception {
    operator.writes("home: mine\nmodel:\n  local: models/a.gguf\n");
    assertThat(operator.configuration().home()).isEqualTo(operator.folder().resolve("mine"));
    assertThat(operator.configuration().model().local())
        .contains(operator.folder().resolve("models/a.gguf").toString());

    operator.sets("PARLEY_HOME", "../ours").sets("PARLEY_MODEL", "./a.gguf");
    assertThat(operator.configuration().home()).isEqualTo(operator.folder().resolveSibling("ours"));
    assertThat(operator.configuration().model().local())
        .contains(operator.workingFolder().resolve("a.gguf").toString());
  }

  @Test
  void anotherFileMayBeNamed() throws Exception {
    operator.writes("name: Usual").sets("PARLEY_CONFIG", "other.yaml");
    Files.writeString(operator.workingFolder().resolve("other.yaml"), "name: Other");

    assertThat(operator.configuration().name()).isEqualTo("Other");
  }

  @Test
  void aNamedFileThatIsMissingIsAMistake() {
    assertThat(operator.sets("PARLEY_CONFIG", "other.yaml").findings())
        .containsExactly(
            operator.workingFolder().resolve("other.yaml")
                + ": cannot be read: check that the file is there and may be read");
  }

  @ParameterizedTest
  @CsvSource({
    "'model:\n  kv_slot: 1', 2, model.kv_slot, model.slots",
    "'model:\n  maxTokens: 1', 2, model.maxTokens, answer.max-tokens",
    "'slots: 1', 1, slots, model.slots",
    "'modle:\n  slots: 1', 2, modle.slots, model.slots",
    "'log:\n  messageText: on', 2, log.messageText, log.message-text",
  })
  void anUnknownKeyIsNamedWithItsLineAndTheNearestOne(
      String yaml, int line, String key, String nearest) throws Exception {
    assertThat(operator.writes(yaml).findings())
        .containsExactly(
            "config/parley.yaml, line %d: there is no key %s; did you mean %s?"
                .formatted(line, key, nearest));
  }

  @Test
  void anUnknownVariableIsNamedWithTheNearestOne() {
    assertThat(operator.sets("PARLEY_MODLE_SLOTS", "1").findings())
        .containsExactly(
            "PARLEY_MODLE_SLOTS: there is no such variable; did you mean PARLEY_MODEL_SLOTS?");
  }

  @ParameterizedTest
  @CsvSource({
    "model.slots, four, 'auto, or a whole number from 1 to 256'",
    "model.slots, 257, 'auto, or a whole number from 1 to 256'",
    "model.slots, -1, 'auto, or a whole number from 1 to 256'",
    "model.context, 99999999999999999999, 'auto, or a whole number from 256 to 131072'",
    "model.url, 'ftp://host/v1', 'none, or an address such as http://localhost:8000/v1, without a"
        + " key in it; several with commas between them'",
    "model.weights, int4, 'auto, or fp32, fp16 or bf16'",
    "answer.temperature, hot, 'auto, or a number from 0 to 2'",
    "conversation.idle, 5 days, 'a time such as 90s, 15m, 12h or 7d, from 1m to 3650d'",
    "settings.creativity, wild, 'precise, balanced or creative'",
    "log.message-text, maybe, on or off",
  })
  void aWrongValueIsNamedWithWhatWasExpected(String key, String text, String expected)
      throws Exception {
    assertThat(operator.writes("\n" + key + ": " + text).findings())
        .containsExactly(
            "config/parley.yaml, line 2: %s must be %s, not \"%s\"".formatted(key, expected, text));
  }

  @Test
  void allMistakesAreSaidAtOnce() throws Exception {
    operator
        .writes("model:\n  slots: many\n  thread: 1\n  slots: 2\nqueue: 5\nname:\n")
        .sets("PARLEY_LOG_LEVEL", "loud");

    assertThat(operator.findings()).hasSize(6);
    assertThatThrownBy(() -> operator.configuration())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "line 2: model.slots must be",
            "line 3: there is no key model.thread; did you mean model.threads?",
            "line 4: model.slots is set in line 2 already",
            "line 5: queue takes no value itself",
            "line 6: name has no value",
            "PARLEY_LOG_LEVEL: log.level must be error, warn, info, debug or trace");
  }

  @Test
  void aSectionWhoseKeysAreAllCommentedOutIsFine() throws Exception {
    assertThat(operator.writes("model:\n  #slots: 2\nlog:\n").findings()).isEmpty();
  }

  @Test
  void aSecretIsNeverShown() throws Exception {
    operator.sets("PARLEY_MODEL_KEY", "sk-very-secret");

    assertThat(operator.configuration().model().key()).contains(new Secret("sk-very-secret"));
    assertThat(operator.configuration().secrets()).containsExactly(new Secret("sk-very-secret"));
    assertThat(operator.configuration().toString()).doesNotContain("very-secret");
    assertThat(operator.report().values().toString()).doesNotContain("very-secret");
  }

  @Test
  void aWrongSecretIsNotShownEither() {
    assertThat(operator.sets("PARLEY_MODEL_KEY", "two words").findings())
        .singleElement()
        .asString()
        .contains("model.key must be", "the key alone")
        .doesNotContain("two words");
  }

  @Test
  void aSecretInTheFileHoldsAndIsWarnedAbout() throws Exception {
    operator.writes("model:\n  key: sk-very-secret\n");

    assertThat(operator.configuration().model().key()).contains(new Secret("sk-very-secret"));
    assertThat(operator.findings())
        .singleElement()
        .asString()
        .startsWith("config/parley.yaml, line 2: model.key stands in a file")
        .doesNotContain("very-secret");
  }

  @Test
  void aSecretMayComeFromAFileOfItsOwn() throws Exception {
    Files.writeString(operator.workingFolder().resolve("key.txt"), "sk-very-secret\n");
    operator.sets("PARLEY_MODEL_KEY_FILE", "key.txt").writes("model:\n  key: other\n");

    assertThat(operator.configuration().model().key()).contains(new Secret("sk-very-secret"));
  }

  @Test
  void aSecretsFileThatEverybodyCanReadIsWarnedAbout() throws Exception {
    Path file = Files.writeString(operator.workingFolder().resolve("key.txt"), "sk-very-secret");
    operator.sets("PARLEY_MODEL_KEY_FILE", "key.txt");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(operator.findings())
        .singleElement()
        .asString()
        .endsWith("everybody on this machine can read the file " + file + ": chmod 600 it");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(operator.findings()).isEmpty();
  }

  @Test
  void aVariableCountsMoreThanAFileThatTheConfigurationNames() throws Exception {
    Files.writeString(operator.folder().resolve("key.txt"), "from-file");
    operator.writes("model:\n  key-file: key.txt\n").sets("PARLEY_MODEL_KEY", "from-variable");

    assertThat(operator.configuration().model().key()).contains(new Secret("from-variable"));
  }

  @Test
  void aKeyGivenTwiceInTheSameWayIsAMistake() throws Exception {
    Files.writeString(operator.folder().resolve("key.txt"), "from-file");

    assertThat(operator.writes("model:\n  key-file: key.txt\n  key: other\n").findings())
        .anySatisfy(finding -> assertThat(finding).contains("are both given: keep one"));
  }

  @ParameterizedTest
  @CsvSource({"missing.txt, cannot be read", "empty.txt, must hold the key alone"})
  void aSecretsFileThatIsNoUseIsNamed(String name, String problem) throws Exception {
    Files.writeString(operator.workingFolder().resolve("empty.txt"), "\n");

    assertThat(operator.sets("PARLEY_MODEL_KEY_FILE", name).findings())
        .singleElement()
        .asString()
        .contains("PARLEY_MODEL_KEY_FILE: the file ", name, problem);
  }

  @Test
  void theTokenForTheHubIsASecretToo() throws Exception {
    assertThat(operator.sets("HF_TOKEN", "hf_abcdef").configuration().secrets())
        .containsExactly(new Secret("hf_abcdef"));
  }

  @Test
  void valuesAreListedInTheOrderOfTheTable() {
    assertThat(operator.report().values())
        .extracting(Effective::key)
        .isEqualTo(Keys.ALL.stream().map(Key::name).collect(Collectors.toList()));
  }

  @Test
  void controlCharactersAreShownEscaped() throws Exception {
    operator
        .writes("name: \"A\\e[2Jda\\u202E\"\nsystem-prompt: \"Two\\nlines\"\n")
        .sets("PARLEY_LOG_LEVEL", "loud\u009b2J\r");

    assertThat(operator.report().values())
        .filteredOn(value -> value.key().matches("name|system-prompt"))
        .extracting(Effective::text)
        .containsExactly("A\\u001b[2Jda\\u202e", "Two\\nlines");
    assertThat(operator.findings()).singleElement().asString().endsWith("not \"loud\\u009b2J\\r\"");
  }

  @Test
  void aKeyWithControlCharactersIsNamedWithThemEscaped() throws Exception {
    operator.writes("\"na\\eme\": Ada\n");

    assertThat(operator.findings())
        .singleElement()
        .asString()
        .contains("there is no key na\\u001bme");
  }

  @Test
  void theWayToTelegramIsRead() throws Exception {
    Configuration configuration =
        operator
            .sets("PARLEY_TELEGRAM_PROXY", "http://ada:pass-word@proxy.example.org:3128")
            .sets("PARLEY_TELEGRAM_WEBHOOK_URL", "https://bot.example.org:8443/hook")
            .sets("PARLEY_TELEGRAM_WEBHOOK_PORT", "9000")
            .sets("PARLEY_TELEGRAM_WEBHOOK_SECRET", "our_own")
            .configuration();

    assertThat(configuration.telegram().webhook())
        .contains(
            new Configuration.Webhook(
                URI.create("https://bot.example.org:8443/hook"),
                "127.0.0.1",
                9_000,
                Optional.of(new Secret("our_own"))));
    assertThat(configuration.secrets())
        .containsExactlyInAnyOrder(
            new Secret("pass-word"),
            new Secret("YWRhOnBhc3Mtd29yZA=="), // ada:pass-word
            new Secret("our_own"));
    assertThat(configuration.toString()).doesNotContain("pass-word").doesNotContain("our_own");
    assertThat(operator.report().values())
        .filteredOn(value -> value.key().equals("telegram.proxy"))
        .extracting(Effective::text)
        .containsExactly("(hidden)");
  }

  @ParameterizedTest
  @CsvSource({
    "PROXY, https://proxy:3128",
    "PROXY, socks5://ada:secret@proxy:1080",
    "PROXY, http://proxy",
    "PROXY, http://ada@proxy:1",
    "PROXY, proxy:3128",
    "WEBHOOK_URL, http://bot.example.org/",
    "WEBHOOK_URL, https://bot.example.org:8080/",
    "WEBHOOK_URL, https://bot.example.org/healthz",
    "WEBHOOK_URL, https://bot.example.org/?a=b",
    "WEBHOOK_SECRET, with a blank",
    "WEBHOOK_PORT, 0"
  })
  void aMistakenWayToTelegramIsNamed(String key, String value) throws Exception {
    List<String> findings = operator.sets("PARLEY_TELEGRAM_" + key, value).findings();

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst())
        .contains(
            "telegram." + key.toLowerCase(java.util.Locale.ROOT).replace('_', '-') + " must be");
  }
}
