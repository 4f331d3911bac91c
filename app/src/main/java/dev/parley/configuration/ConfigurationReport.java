package dev.parley.configuration;

import dev.parley.configuration.Configuration.Access;
import dev.parley.configuration.Configuration.Answer;
import dev.parley.configuration.Configuration.Backup;
import dev.parley.configuration.Configuration.BestOf;
import dev.parley.configuration.Configuration.Discord;
import dev.parley.configuration.Configuration.Log;
import dev.parley.configuration.Configuration.Model;
import dev.parley.configuration.Configuration.Moderation;
import dev.parley.configuration.Configuration.Server;
import dev.parley.configuration.Configuration.Telegram;
import dev.parley.configuration.Configuration.Watch;
import dev.parley.configuration.Configuration.Webhook;
import dev.parley.configuration.Finding.Severity;
import dev.parley.configuration.Source.Given;
import dev.parley.prompt.Persona;
import dev.parley.queue.QueueLimits;
import dev.parley.settings.Setting;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The configuration as it was found: what is wrong with it, what holds and why, and, where nothing
 * is wrong, the configuration itself. Immutable.
 */
public final class ConfigurationReport {
  private final List<Finding> findings = new ArrayList<>();
  private final List<Effective> values = new ArrayList<>();
  private final Configuration configuration;
  private final Source source;
  private final Path folder;

  /**
   * What holds for a key.
   *
   * @param text as it was written, but on one line and without control characters, which are
   *     escaped; hidden where it is a secret
   * @param origin why
   */
  public record Effective(String key, String text, Origin origin) {}

  private ConfigurationReport(Map<String, String> environment, Path folder, Path workingFolder) {
    this.folder = folder;
    this.source = Source.read(environment, folder, workingFolder);
    findings.addAll(source.findings());
    this.configuration = build(environment);
  }

  /**
   * Reads the configuration file ({@code PARLEY_CONFIG}, else {@code config/parley.yaml} where
   * Parley lies) and the environment, which counts more. Never fails: what is wrong is a finding.
   *
   * @param folder where Parley lies; relative paths in the file mean it
   * @param workingFolder what relative paths in the environment mean
   */
  public static ConfigurationReport read(
      Map<String, String> environment, Path folder, Path workingFolder) {
    return new ConfigurationReport(
        environment,
        folder.toAbsolutePath().normalize(),
        workingFolder.toAbsolutePath().normalize());
  }

  /** Everything worth saying, by line, then what the environment brought. */
  public List<Finding> findings() {
    return findings.stream().sorted(Comparator.comparingInt(ConfigurationReport::line)).toList();
  }

  /** All keys in the order of the file. */
  public List<Effective> values() {
    return List.copyOf(values);
  }

  /**
   * The configuration to start with.
   *
   * @throws ConfigurationException with every mistake there is
   */
  public Configuration configuration() throws ConfigurationException {
    List<Finding> mistakes =
        findings().stream().filter(f -> f.severity() == Severity.ERROR).toList();
    if (!mistakes.isEmpty()) {
      throw new ConfigurationException(mistakes);
    }
    return configuration;
  }

  /** All secrets that were given, also where something else is wrong. */
  public List<Secret> secrets() {
    return configuration.secrets();
  }

  private static int line(Finding finding) {
    return finding.origin() instanceof Origin.InFile place ? place.line() : Integer.MAX_VALUE;
  }

  /** Reads every key, so that every mistake is found; what is wrong counts as not set. */
  private Configuration build(Map<String, String> environment) {
    Map<Key<?>, Object> read = new HashMap<>();
    Keys.ALL.forEach(key -> read.put(key, value(key)));
    Values is = new Values(read);
    Optional<Secret> modelKey =
        new SecretOrFile(Keys.MODEL_KEY, Keys.MODEL_KEY_FILE)
            .choose(source, is.of(Keys.MODEL_KEY), is.of(Keys.MODEL_KEY_FILE), findings::add);
    Optional<Secret> telegramToken =
        new SecretOrFile(Keys.TELEGRAM_TOKEN, Keys.TELEGRAM_TOKEN_FILE)
            .choose(
                source, is.of(Keys.TELEGRAM_TOKEN), is.of(Keys.TELEGRAM_TOKEN_FILE), findings::add);
    Optional<Secret> webhookSecret =
        new SecretOrFile(Keys.TELEGRAM_WEBHOOK_SECRET, Keys.TELEGRAM_WEBHOOK_SECRET_FILE)
            .choose(
                source,
                is.of(Keys.TELEGRAM_WEBHOOK_SECRET),
                is.of(Keys.TELEGRAM_WEBHOOK_SECRET_FILE),
                findings::add);
    Optional<Secret> discordToken =
        new SecretOrFile(Keys.DISCORD_TOKEN, Keys.DISCORD_TOKEN_FILE)
            .choose(
                source, is.of(Keys.DISCORD_TOKEN), is.of(Keys.DISCORD_TOKEN_FILE), findings::add);
    Optional<Secret> serverKey =
        new SecretOrFile(Keys.SERVER_KEY, Keys.SERVER_KEY_FILE)
            .choose(source, is.of(Keys.SERVER_KEY), is.of(Keys.SERVER_KEY_FILE), findings::add);
    Optional<Secret> moderationKey =
        new SecretOrFile(Keys.MODERATION_KEY, Keys.MODERATION_KEY_FILE)
            .choose(
                source, is.of(Keys.MODERATION_KEY), is.of(Keys.MODERATION_KEY_FILE), findings::add);
    Optional<Secret> hubToken =
        Optional.ofNullable(environment.get("HF_TOKEN")).filter(t -> !t.isBlank()).map(Secret::new);
    return new Configuration(
        folder,
        is.of(Keys.HOME),
        is.of(Keys.NAME),
        is.of(Keys.SYSTEM_PROMPT),
        is.of(Keys.OPERATORS).orElse(Set.of()),
        new Access(
            is.of(Keys.ACCESS_OPERATORS_ONLY),
            is.of(Keys.ACCESS_PEOPLE).orElse(Set.of()),
            is.of(Keys.ACCESS_PLACES).orElse(Set.of())),
        new Model(
            is.of(Keys.MODEL_LOCAL),
            is.of(Keys.MODEL_URL).orElse(List.of()),
            is.of(Keys.MODEL_FALLBACK),
            is.of(Keys.MODEL_NAME),
            modelKey,
            is.of(Keys.MODEL_SLOTS),
            is.of(Keys.MODEL_CONTEXT),
            is.of(Keys.MODEL_PROCESSOR),
            is.of(Keys.MODEL_WEIGHTS),
            is.of(Keys.MODEL_THREADS),
            is.of(Keys.MODEL_IDLE_MEMORY),
            is.of(Keys.MODEL_IDLE_DISK),
            is.of(Keys.MODEL_SILENCE)),
        bestOf(is),
        new Telegram(
            telegramToken,
            is.of(Keys.TELEGRAM_API),
            is.of(Keys.TELEGRAM_PROXY),
            is.of(Keys.TELEGRAM_WEBHOOK_URL)
                .map(
                    url ->
                        new Webhook(
                            url,
                            is.of(Keys.TELEGRAM_WEBHOOK_HOST),
                            is.of(Keys.TELEGRAM_WEBHOOK_PORT),
                            webhookSecret)),
            is.of(Keys.TELEGRAM_DRAFTS)),
        new Discord(
            discordToken,
            is.of(Keys.DISCORD_API),
            is.of(Keys.DISCORD_GATEWAY),
            is.of(Keys.DISCORD_SHARDS),
            is.of(Keys.DISCORD_PRESENCE)),
        new Server(
            is.of(Keys.SERVER_HOST),
            is.of(Keys.SERVER_PORT),
            serverKey,
            is.of(Keys.SERVER_WAITING),
            is.of(Keys.SERVER_WAITING_PER_USER),
            is.of(Keys.SERVER_LARGEST_BODY) * 1024),
        new Moderation(
            is.of(Keys.MODERATION_URL), is.of(Keys.MODERATION_MODEL).orElse(""), moderationKey),
        new Watch(is.of(Keys.WATCH_HOST), is.of(Keys.WATCH_PORT)),
        new Backup(is.of(Keys.BACKUP_EVERY), is.of(Keys.BACKUP_KEEP)),
        new Answer(is.of(Keys.ANSWER_MAX_TOKENS), is.of(Keys.ANSWER_TEMPERATURE)),
        new QueueLimits(
            is.of(Keys.QUEUE_WAITING_PER_PERSON),
            is.of(Keys.QUEUE_RUNNING_PER_PERSON),
            is.of(Keys.QUEUE_WAITING)),
        is.of(Keys.CONVERSATION_IDLE),
        personas(),
        settings(is),
        new Log(
            is.of(Keys.LOG_LEVEL),
            is.of(Keys.LOG_TARGET),
            is.of(Keys.LOG_FORMAT),
            is.of(Keys.LOG_MESSAGE_TEXT)),
        Stream.concat(
                Stream.of(
                        modelKey,
                        telegramToken,
                        webhookSecret,
                        discordToken,
                        serverKey,
                        moderationKey,
                        hubToken)
                    .flatMap(Optional::stream),
                is.of(Keys.TELEGRAM_PROXY).stream().flatMap(ConfigurationReport::login))
            .toList());
  }

  /** Several answers want something that judges them. */
  private BestOf bestOf(Values is) {
    BestOf bestOf =
        new BestOf(
            is.of(Keys.BEST_OF_ANSWERS),
            is.of(Keys.BEST_OF_REWARD_MODEL),
            is.of(Keys.BEST_OF_RANKER));
    if (bestOf.answers() > 1 && bestOf.rewardModel().isEmpty() && bestOf.ranker().isEmpty()) {
      Key<?> key = Keys.BEST_OF_ANSWERS;
      findings.add(
          Finding.error(
              source.of(key).orElseThrow().origin(),
              key.name(),
              "%s is %d, and nothing says which answer is the best: set %s or %s"
                  .formatted(
                      key.name(),
                      bestOf.answers(),
                      Keys.BEST_OF_REWARD_MODEL.name(),
                      Keys.BEST_OF_RANKER.name())));
    }
    return bestOf;
  }

  /**
   * What nobody may read of a proxy's address: the password, and name and password as HTTP sends
   * them, which the proxy may say again.
   */
  private static Stream<Secret> login(Secret proxy) {
    return Optional.ofNullable(URI.create(proxy.value()).getUserInfo()).stream()
        .filter(login -> !login.endsWith(":"))
        .flatMap(
            login ->
                Stream.of(
                    login.substring(login.indexOf(':') + 1),
                    Base64.getEncoder()
                        .encodeToString(login.getBytes(StandardCharsets.ISO_8859_1))))
        .map(Secret::new);
  }

  /** Values by key; a key's type parameter is the type of its value. */
  private record Values(Map<Key<?>, Object> values) {
    @SuppressWarnings("unchecked") // put in by the key's own kind
    <T> T of(Key<T> key) {
      return (T) Objects.requireNonNull(values.get(key));
    }
  }

  /** From the file beside the shipped configuration; a setting must name one of them. */
  private List<Persona> personas() {
    PersonaFile.Content content =
        PersonaFile.read(folder.resolve("config").resolve("personas.yaml"), "config/personas.yaml");
    findings.addAll(content.findings());
    List<String> ids = content.personas().stream().map(Persona::id).toList();
    String key = "settings." + Setting.PERSONA.key();
    Keys.SETTINGS.stream()
        .filter(candidate -> candidate.name().equals(key))
        .flatMap(candidate -> source.of(candidate).stream())
        .filter(given -> !ids.contains(given.text().strip()))
        .forEach(
            given ->
                findings.add(
                    Finding.error(
                        given.origin(),
                        key,
                        key
                            + " names no persona of config/personas.yaml: did you mean "
                            + Nearest.to(given.text(), ids)
                            + "?")));
    return content.personas();
  }

  /** Only what was set: the rest is the core's to decide. */
  private Map<String, String> settings(Values is) {
    Map<String, String> settings = new HashMap<>();
    for (Key<String> key : Keys.SETTINGS) {
      if (source.of(key).isPresent()) {
        settings.put(key.name().substring(key.name().indexOf('.') + 1), is.of(key));
      }
    }
    return settings;
  }

  private <T> T value(Key<T> key) {
    T standard =
        key.kind()
            .reader()
            .read(key.standard(), folder)
            .orElseThrow(() -> new IllegalStateException("wrong default of " + key.name()));
    Optional<Given> given = source.of(key);
    Optional<T> value = given.flatMap(g -> key.kind().reader().read(g.text(), g.base()));
    boolean secret = Keys.SECRETS.contains(key);
    if (given.isPresent() && value.isEmpty()) {
      findings.add(mistaken(key, given.get(), secret));
    }
    values.add(
        new Effective(
            key.name(),
            given.map(g -> secret ? "(hidden)" : Plain.of(g.text())).orElse(key.standard()),
            given.map(Given::origin).orElseGet(Origin.BuiltIn::new)));
    return value.orElse(standard);
  }

  private static Finding mistaken(Key<?> key, Given given, boolean secret) {
    String sentence = key.name() + " must be " + key.kind().expectation();
    return Finding.error(
        given.origin(), key.name(), secret ? sentence : sentence + ", not " + shown(given.text()));
  }

  /** Short, on one line, and without what logs in: an address may hold a password or a key. */
  private static String shown(String text) {
    String line =
        Plain.of(text).replaceAll("//[^/,]*@", "//(hidden)@").replaceAll("\\?[^,]*", "?(hidden)");
    return line.length() <= 60 ? "\"" + line + "\"" : "\"" + line.substring(0, 60) + "…\"";
  }
}
