package dev.parley.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.discord.DiscordSide;
import dev.parley.telegram.TelegramSide;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The program as an operator starts it, with secrets that are marked, through all that may happen:
 * then every byte it left or said is searched for them.
 */
class SecretsTest {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final String TELEGRAM = "987654:AA-marked_token_of_telegram";
  private static final String DISCORD = "OTk5.marked.token_of-discord";
  private static final String MODEL_KEY = "sk-marked/key+of=the.model";
  private static final String SERVER_KEY = "sk-marked/key+of=the.server";
  private static final String MODERATION_KEY = "sk-marked/key+of=the.moderation";
  private static final String HUB = "hf_marked_token_of_the_hub";
  private static final String WEBHOOK = "marked_secret-of-the-webhook";
  private static final String PASSWORD = "marked-password";
  private static final String LOGIN = "ada:" + PASSWORD;

  /** Everything the program writes; what it is given lies elsewhere. */
  @TempDir Path home;

  @TempDir Path given;

  private final Secrets secrets = new Secrets();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void markThem() {
    secrets.mark("Telegram's token", TELEGRAM);
    secrets.mark("Discord's token", DISCORD);
    secrets.mark("the model's key", MODEL_KEY);
    secrets.mark("the server's key", SERVER_KEY);
    secrets.mark("the webhook's secret", WEBHOOK);
    secrets.mark("the moderation's key", MODERATION_KEY);
    secrets.mark("the hub's token", HUB);
    secrets.mark("a password", PASSWORD);
    secrets.mark("a login", LOGIN);
    environment.put("PARLEY_LOG_LEVEL", "trace");
    environment.put("PARLEY_MODEL_NAME", ModelServer.NAME);
    environment.put("HF_TOKEN", HUB);
  }

  @AfterEach
  void nothingIsFound() throws IOException {
    assertThat(secrets.foundIn(home)).isEmpty();
  }

  /** A search that finds nothing proves nothing, unless it finds what is there. */
  @Test
  void theSearchFindsWhatIsThere() throws IOException {
    Secrets others = new Secrets();
    others.mark("it", "what/is there");

    assertThat(others.foundIn("text", "so: what/is there".getBytes(StandardCharsets.UTF_8)))
        .hasSize(1);
    assertThat(others.foundIn("address", "?what%2Fis+there".getBytes(StandardCharsets.UTF_8)))
        .hasSize(1);
  }

  /** Talk, exports, backups, what the doctor says, a dump of all threads, and a fatal error. */
  @Test
  void neitherTalkNorACrashShowsOne() throws Exception {
    try (TelegramSide telegram = TelegramSide.atItsPace();
        DiscordSide discord = new DiscordSide();
        ModelServer model = new ModelServer(question -> "Answer to " + question)) {
      usePlatforms(telegram.environment(), discord.environment());
      environment.put("PARLEY_MODEL_URL", model.url());
      environment.put("PARLEY_MODEL_KEY", MODEL_KEY);
      environment.put("PARLEY_SERVER_KEY", SERVER_KEY);
      environment.put("PARLEY_TELEGRAM_WEBHOOK_SECRET", WEBHOOK);
      Process program = program(environment).start();
      try {
        telegram.says(1, "Is anybody there?");
        await().atMost(LONGEST).until(() -> telegram.answers(1).size() == 1);
        await().atMost(LONGEST).until(discord::isConnected);
        discord.says(1, "And here?");
        await().atMost(LONGEST).until(() -> discord.answers(1).size() == 1);
        assertThat(secrets.foundIn("an export", telegram.exports(1))).isEmpty();
        runs("doctor");
        runs("backup");
        runs("config", "check");
        assertThat(commandLines(program)).isEmpty();
        signal("QUIT", program);
        await().atMost(LONGEST).until(() -> said("Full thread dump"));

        signal("SEGV", program);
        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();

        assertThat(names("hs_err_pid")).hasSize(1);
        assertThat(names("core")).isEmpty();
        assertThat(names(".hprof")).isEmpty();
      } finally {
        program.destroyForcibly().waitFor();
      }
    }
  }

  /** In files of their own, with a log for programs; killed without a warning. */
  @Test
  void aKilledProgramWhoseSecretsAreInFilesLeavesNone() throws Exception {
    try (TelegramSide telegram = TelegramSide.atItsPace();
        DiscordSide discord = new DiscordSide();
        ModelServer model = new ModelServer(question -> "Answer to " + question)) {
      usePlatforms(telegram.environment(), discord.environment());
      for (String name : List.of("TELEGRAM_TOKEN", "DISCORD_TOKEN")) {
        inFile(name, environment.remove("PARLEY_" + name));
      }
      inFile("MODEL_KEY", MODEL_KEY);
      environment.put("PARLEY_MODEL_URL", model.url());
      environment.put("PARLEY_LOG_FORMAT", "json");
      environment.put("PARLEY_LOG_TARGET", "both");
      Process program = program(environment).start();
      try {
        telegram.says(1, "Is anybody there?");
        await().atMost(LONGEST).until(() -> telegram.answers(1).size() == 1);
      } finally {
        program.destroyForcibly().waitFor();
      }
    }
  }

  /** Whoever is asked says so in the answer, with the secret that came along. */
  @ParameterizedTest
  @ValueSource(ints = {401, 407, 500})
  void noAnswerOfAPlatformOrAModelBringsOneBack(int status) throws Exception {
    try (EchoingServer server = new EchoingServer(status)) {
      environment.put(
          "PARLEY_CONFIG",
          file(
                  "parley.yaml",
                  """
                  telegram:
                    token: %s
                    api: %s
                    proxy: http://%s@%s
                    webhook-url: https://bot.example.org/telegram
                    webhook-secret: %s
                    webhook-port: %d
                  discord:
                    token: %s
                    api: %s/api/v10
                    gateway: ws://127.0.0.1:9
                  model:
                    url: %s/v1
                    key: %s
                  moderation:
                    url: %s
                    key: %s
                  settings:
                    moderation: mark
                  """
                      .formatted(
                          TELEGRAM,
                          server.url(),
                          LOGIN,
                          server.url().substring("http://".length()),
                          WEBHOOK,
                          freePort(),
                          DISCORD,
                          server.url(),
                          server.url(),
                          MODEL_KEY,
                          server.url(),
                          MODERATION_KEY))
              .toString());
      runs("doctor");
      runs("chat", "--once", "Is anybody there?");
      Process bot = program(environment).start();
      int before = server.requests();
      await().atMost(LONGEST).until(() -> !bot.isAlive() || server.requests() > before + 3);
      signal("SEGV", bot); // which tells of the exceptions before it
      assertThat(bot.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(server.requests()).isPositive();
    }
  }

  @Test
  void neitherTheServerNorThoseWhoAskItLearnAKey() throws Exception {
    int port = freePort();
    try (EchoingServer model = new EchoingServer(401, "/models");
        HttpClient client = HttpClient.newHttpClient()) {
      environment.put("PARLEY_MODEL_URL", model.url() + "/v1");
      environment.put("PARLEY_MODEL_KEY", MODEL_KEY);
      environment.put("PARLEY_SERVER_KEY", SERVER_KEY);
      Process server =
          program(environment).start(List.of(), "serve", "--port", Integer.toString(port));
      try {
        await().atMost(LONGEST).until(() -> !server.isAlive() || answers(client, port));
        for (String key : List.of("sk-wrong", SERVER_KEY)) {
          assertThat(secrets.foundIn("an answer", asked(client, port, key))).isEmpty();
        }
      } finally {
        server.destroyForcibly().waitFor();
      }
    }
  }

  private static boolean answers(HttpClient client, int port) throws InterruptedException {
    try {
      return asked(client, port, "sk-wrong").length > 0;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static byte[] asked(HttpClient client, int port, String key)
      throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"messages\": [{\"role\": \"user\", \"content\": \"Why?\"}]}"))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray())
        .body();
  }

  private void usePlatforms(Map<String, String> telegram, Map<String, String> discord) {
    environment.putAll(telegram);
    environment.putAll(discord);
    secrets.mark("Telegram's token", telegram.getOrDefault("PARLEY_TELEGRAM_TOKEN", ""));
    secrets.mark("Discord's token", discord.getOrDefault("PARLEY_DISCORD_TOKEN", ""));
  }

  /** Gives a secret by the name of a file, which its owner alone can read. */
  private void inFile(String name, String secret) throws IOException {
    environment.put("PARLEY_" + name + "_FILE", file(name, secret).toString());
  }

  private Path file(String name, String content) throws IOException {
    Path file = Files.writeString(given.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** Runs a command to its end, beside the bot where that runs. */
  private void runs(String... command) throws Exception {
    Process process = program(environment).start(List.of(), command);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  /** What of the secrets everybody on the machine can read of a process and those it started. */
  private List<String> commandLines(Process program) throws IOException {
    List<String> found = new ArrayList<>();
    for (ProcessHandle each :
        Stream.concat(Stream.of(program.toHandle()), program.descendants()).toList()) {
      Path line = Path.of("/proc", Long.toString(each.pid()), "cmdline");
      found.addAll(secrets.foundIn(line.toString(), Files.readAllBytes(line)));
    }
    return found;
  }

  private static void signal(String name, Process program) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(program.pid())).start().waitFor();
  }

  private boolean said(String words) throws IOException {
    return Files.readString(home.resolve("output")).contains(words);
  }

  /** Files that the program left whose names have a word in them. */
  private List<String> names(String word) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains(word))
          .toList();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private Program program(Map<String, String> environment) {
    return Program.of(home, home.resolve("output").toFile(), List.of(), environment);
  }
}
