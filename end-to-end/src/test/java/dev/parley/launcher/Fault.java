package dev.parley.launcher;

import com.sun.management.OperatingSystemMXBean;
import dev.parley.discord.DiscordAccount;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;

/** What happens to those who run Parley, and what the doctor says of it. */
@SuppressWarnings("ImmutableEnumChecker") // seeds hold nothing
enum Fault {
  UNKNOWN_KEY(
      "a key that is not there",
      "✗ configuration: config/parley.yaml, line 2: there is no key modle.slots; did you mean"
          + " model.slots?",
      it -> it.writes("config/parley.yaml", "modle:\n  slots: 2\n")),
  UNKNOWN_VARIABLE(
      "a variable that is not there",
      "✗ configuration: PARLEY_DISCORD_TOKN: there is no such variable; did you mean"
          + " PARLEY_DISCORD_TOKEN?",
      it -> it.sets("PARLEY_DISCORD_TOKN", "x")),
  BAD_VALUE(
      "a value that cannot be",
      "✗ configuration: config/parley.yaml, line 2: model.slots must be auto, or a whole number"
          + " from 1 to 256, not \"many\"",
      it -> it.writes("config/parley.yaml", "model:\n  slots: many\n")),
  YAML_SYNTAX(
      "a quote that is not closed",
      "✗ configuration: config/parley.yaml, line …: is no YAML (…): look there and just above for a"
          + " quote or bracket left open",
      it -> it.writes("config/parley.yaml", "name: \"Ada\nmodel:\n  slots: 2\n")),
  YAML_TAB(
      "a tab in the configuration",
      "✗ configuration: config/parley.yaml, line 2: is indented with a tab: use spaces",
      it -> it.writes("config/parley.yaml", "model:\n\tslots: 2\n")),
  OPERATORS_MALFORMED(
      "operators by name",
      "✗ configuration: PARLEY_OPERATORS: operators must be none, or people such as telegram:12345,"
          + " discord:678; several with commas between them, not \"ada\"",
      it -> it.sets("PARLEY_OPERATORS", "ada")),
  PERSONA_UNKNOWN(
      "a persona that is not there",
      "✗ configuration: PARLEY_SETTINGS_PERSONA: settings.persona names no persona of"
          + " config/personas.yaml: did you mean …?",
      it -> it.sets("PARLEY_SETTINGS_PERSONA", "pirate")),
  PERSONAS_BROKEN(
      "a mistake in the personas",
      "✗ configuration: config/personas.yaml, line 1: personas needs a name and instructions below"
          + " it, indented",
      it -> it.writes("config/personas.yaml", "personas: none\n")),
  NOTHING_JUDGES(
      "several answers and nothing that judges them",
      "✗ configuration: PARLEY_BEST_OF_ANSWERS: best-of.answers is 3, and nothing says which answer"
          + " is the best: set best-of.reward-model or best-of.ranker",
      it -> it.sets("PARLEY_BEST_OF_ANSWERS", "3")),
  SECRET_IN_CONFIGURATION(
      "a secret in the configuration",
      "! configuration: config/parley.yaml, line 2: server.key stands in a file that others may"
          + " come to see: better use PARLEY_SERVER_KEY, or server.key-file",
      it -> it.writes("config/parley.yaml", "server:\n  key: " + DoctorFaultsTest.SECRET + "\n")),
  SECRET_MISSING(
      "a secret's file that is not there",
      "✗ configuration: PARLEY_SERVER_KEY_FILE: the file … cannot be read: check that it is there"
          + " and may be read",
      it -> it.sets("PARLEY_SERVER_KEY_FILE", it.file("key").toString())),
  SECRET_EMPTY(
      "a secret's file with nothing in it",
      "✗ configuration: PARLEY_SERVER_KEY_FILE: the file … must hold the key alone, without blanks"
          + " in it",
      it -> it.sets("PARLEY_SERVER_KEY_FILE", it.writes("key", "\n").toString())),
  SECRET_OPEN(
      "a secret's file that everybody can read",
      "! configuration: PARLEY_SERVER_KEY_FILE: everybody on this machine can read the file …:"
          + " chmod 600 it",
      it -> {
        Path key = it.writes("key", DoctorFaultsTest.SECRET);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        it.sets("PARLEY_SERVER_KEY_FILE", key.toString());
      }),

  HOME_IS_A_FILE(
      "a file in the data folder's place",
      "✗ data folder …, … MB free: it cannot be written; check who owns it, or choose another with"
          + " PARLEY_HOME.",
      it -> it.sets("PARLEY_HOME", it.writes("file", "").toString())),
  DISK_READ_ONLY(
      "a disk that can only be read",
      "✗ data folder …, … MB free: it cannot be written; check who owns it, or choose another with"
          + " PARLEY_HOME.",
      Where.DISKS,
      it -> it.mounts("ro", it.home())),
  DISK_FULL(
      "a full disk",
      "✗ data folder …, 0 MB free: the disk is full; make room, or choose another with"
          + " PARLEY_HOME.",
      Where.DISKS,
      it -> {
        it.mounts("size=1m", it.home());
        it.runs("(head -c 2000000 /dev/zero >" + it.home().resolve("much") + " || true)");
      }),
  DISK_SMALL(
      "little room",
      "! data folder …, … MB free: make room, a model alone may need 1,000 MB.",
      Where.DISKS,
      it -> it.mounts("size=100m", it.home())),
  TEMPORARY_MISSING(
      "a temporary folder that is not there",
      "✗ temporary folder … cannot be written: check that it is there and has room, or choose"
          + " another with PARLEY_JAVA_OPTS=\"-Xmx512m -Djava.io.tmpdir=FOLDER\".",
      Where.PROCESS,
      it -> it.startsWith("-Djava.io.tmpdir=" + it.file("nowhere"))),
  TEMPORARY_NOEXEC(
      "a temporary folder mounted `noexec`",
      "✗ temporary folder … is mounted noexec, and no library can be loaded from there: choose"
          + " another with PARLEY_JAVA_OPTS=\"-Xmx512m -Djava.io.tmpdir=FOLDER\".",
      Where.DISKS,
      it -> {
        it.mounts("noexec", it.file("temporary"));
        it.startsWith("-Djava.io.tmpdir=" + it.file("temporary"));
      }),
  FONTS_MISSING(
      "no fonts",
      "! no fonts are here, and pictures of training and ./parley bench fail without: install"
          + " fontconfig and a font, such as the package fonts-dejavu-core.",
      Where.DISKS,
      it -> {
        it.sets("FONTCONFIG_FILE", it.writes("fonts.conf", "<fontconfig/>").toString());
        it.runs("mount -t tmpfs none /usr/share/fonts");
      }),
  LOG_HAS_ERRORS(
      "errors in the log",
      "! log … has 1 error: grep ' ERROR ' shows them.",
      it -> it.writes("data/logs/parley.log", "2026-11-24T12:00:00Z ERROR something broke\n")),

  DATABASE_DAMAGED(
      "a database with pages written over",
      "✗ database … is damaged (…): stop Parley, then ./parley restore ….",
      it -> it.overwrites(it.database(), Files.size(it.database()) - 40_000, 40_000)),
  DATABASE_HEADER(
      "a database whose beginning is written over",
      "✗ database … is damaged (…): stop Parley, then ./parley restore ….",
      it -> it.overwrites(it.database(), 0, 4_096)),
  DATABASE_NEWER(
      "a database of a newer Parley",
      "✗ database … was written by a newer Parley: update this one, or ./parley restore a backup"
          + " from before.",
      it -> makeNewer(it.database())),
  DATABASE_LOCKED(
      "a database that another program writes to",
      "✗ database: Another program holds …: close it and try again.",
      it -> {
        Connection connection = it.held(connect(it.database()));
        connection.createStatement().execute("BEGIN IMMEDIATE");
      }),
  DATABASE_GONE(
      "no database, but backups",
      "! no database is in …, and there are backups: to go on with one, ./parley restore ….",
      it -> Files.delete(it.database())),
  LOG_OF_THE_DATABASE_LEFT(
      "the database's log without the database",
      "✗ database … is gone, and its log parley.db-wal is left: put the file back before Parley"
          + " starts, or ./parley restore ….",
      it -> Files.move(it.database(), it.home().resolve("parley.db-wal"))),
  NO_BACKUP(
      "no backup", "! no backup yet: ./parley backup makes one.", it -> Files.delete(it.backup())),
  BACKUP_OLD(
      "an old backup",
      "! last backup 9 d ago: ./parley backup makes another.",
      it ->
          Files.setLastModifiedTime(
              it.backup(), FileTime.from(Instant.now().minus(Duration.ofDays(9))))),
  BACKUP_DAMAGED(
      "a backup that cannot be opened",
      "✗ newest backup … is no sound database of Parley's: delete it, and ./parley backup makes"
          + " another.",
      it -> it.overwrites(it.backup(), 0, 4_096)),
  BACKUP_NEWER(
      "a backup of a newer Parley",
      "! newest backup … was written by a newer Parley: keep it for that one, and ./parley backup"
          + " makes another.",
      it -> makeNewer(it.backup())),
  BACKUPS_NOT_WRITABLE(
      "a file in the place of the backups' folder",
      "✗ backups cannot be written to …: check that it is a folder, who owns it, and that the disk"
          + " has room.",
      it -> {
        Files.delete(it.backup());
        Files.delete(it.backup().getParent());
        it.writes("data/backups", "");
      }),

  MODEL_MISSING(
      "a model file that is not there",
      "✗ model: There is no model named … in the catalogue and no such file or folder: ./parley"
          + " model list shows what there is.",
      it -> it.sets("PARLEY_MODEL", "./nowhere.gguf")),
  MODEL_FORGOTTEN(
      "a model that the catalogue has no more",
      "✗ model: There is no model named old in the catalogue and no such file or folder: ./parley"
          + " model list shows what there is.",
      it -> {
        it.unsets("PARLEY_MODEL");
        it.writes("data/model.txt", "old\n");
      }),
  MODEL_NOT_FETCHED(
      "a model that was not fetched",
      "! model Tiny (… MB, Apache-2.0) is not here: the first chat, or ./parley model pull tiny,"
          + " fetches it.",
      it -> Files.delete(it.model())),
  MODEL_CHANGED(
      "a model file that is not the catalogue's",
      "✗ model file …, … MB, Apache-2.0, sha256 … is none of the catalogue's: ./parley model remove"
          + " tiny, then pull it again.",
      it -> it.overwrites(it.model(), Files.size(it.model()) - 100, 100)),
  MODEL_TRUNCATED(
      "half a model file",
      "✗ model: half.gguf: tensor …: expected … bytes of weights, found room for …: the file is not"
          + " whole or of another kind; fetch it again, or take another.",
      it -> {
        byte[] whole = Files.readAllBytes(it.model());
        Path half = Files.write(it.file("half.gguf"), Arrays.copyOf(whole, whole.length / 2));
        it.sets("PARLEY_MODEL", half.toString());
      }),
  MODEL_OF_ANOTHER_FORMAT(
      "a model file of another format",
      "✗ model: page.gguf: magic: expected GGUF, found the bytes 0x3c68746d: the file is not whole"
          + " or of another kind; fetch it again, or take another.",
      it -> it.sets("PARLEY_MODEL", it.writes("page.gguf", "<html>404</html>\n").toString())),
  MODEL_TOO_LARGE(
      "a model larger than the memory",
      "✗ memory for the model: … MB to load it, and the machine has … MB: take a smaller model"
          + " (./parley model list), or a server elsewhere by PARLEY_MODEL_URL.",
      it -> it.sets("PARLEY_MODEL", HugeModel.write(it.file("huge"), memory()).toString())),
  MEMORY_PROMISED_TWICE(
      "more memory for conversations than there is",
      "! memory for the model: …; the machine has … MB: lower model.slots, model.context or"
          + " model.idle-memory-mb, or take a smaller model.",
      it -> it.sets("PARLEY_MODEL_IDLE_MEMORY_MB", "" + memory() / 1_000_000)),
  CONTEXT_TOO_LONG(
      "a context longer than the model's",
      "! model.context is 8,192, and this model takes 256 tokens: lower it, or take a model that"
          + " reads more.",
      it -> it.sets("PARLEY_MODEL_CONTEXT", "8192")),
  CATALOGUE_BROKEN(
      "a mistake in the catalogue",
      "✗ model: …/config/models.yaml, line 3: \"nam\" is no key here; there are: …",
      it -> it.writes("config/models.yaml", "models:\n  - id: tiny\n    nam: Tiny\n")),
  CARD_MISSING(
      "a card asked for, and none there",
      "✗ model: libtorch finds no NVIDIA card: set the processor to auto or cpu, or give libtorch"
          + " with CUDA by PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR.",
      it -> it.sets("PARLEY_MODEL_PROCESSOR", "cuda")),
  SERVER_AWAY(
      "a model server that does not answer",
      "✗ model: The model server at … failed: the connection was refused: start the server or check"
          + " the address.",
      it -> it.sets("PARLEY_MODEL_URL", "http://127.0.0.1:" + freePort() + "/v1")),
  SERVER_REFUSES(
      "a model server that wants another key",
      "✗ model: The model server at … does not accept the key: check PARLEY_MODEL_KEY.",
      it -> {
        MockWebServer server = it.held(new MockWebServer());
        server.start();
        server.enqueue(new MockResponse.Builder().code(401).body("{}").build());
        it.sets("PARLEY_MODEL_URL", "http://127.0.0.1:" + server.getPort() + "/v1");
        it.sets("PARLEY_MODEL_KEY", DoctorFaultsTest.SECRET);
      }),
  FALLBACK_MISSING(
      "a fallback that is not there",
      "✗ model: there is no … for when no server answers: check model.fallback",
      it -> {
        it.sets("PARLEY_MODEL_URL", "http://127.0.0.1:" + freePort() + "/v1");
        it.sets("PARLEY_MODEL_FALLBACK", "./nowhere.gguf");
      }),

  WATCH_PORT_TAKEN(
      "a port that another program has",
      "✗ nothing can listen on 127.0.0.1:… (…): choose another watch.host or watch.port.",
      it -> it.sets("PARLEY_WATCH_PORT", "" + takenPort(it))),
  WEBHOOK_PORT_TAKEN(
      "the same for Telegram's webhook",
      "✗ nothing can listen on 127.0.0.1:… (…): choose another telegram.webhook-host or"
          + " telegram.webhook-port.",
      it -> {
        it.sets("PARLEY_TELEGRAM_WEBHOOK_URL", "https://bot.example.org/telegram");
        it.sets("PARLEY_TELEGRAM_WEBHOOK_PORT", "" + takenPort(it));
      }),
  WATCH_HOST_UNKNOWN(
      "an address that this machine does not have",
      "✗ nothing can listen on 192.0.2.1:9090 (…): choose another watch.host or watch.port.",
      it -> it.sets("PARLEY_WATCH_HOST", "192.0.2.1").sets("PARLEY_WATCH_PORT", "9090")),

  NO_TOKEN(
      "no token",
      "! no token of Discord or Telegram is set, and ./parley chat alone talks: docs/discord.md and"
          + " docs/telegram.md say where to get one.",
      it -> it.unsets("PARLEY_TELEGRAM_TOKEN").unsets("PARLEY_DISCORD_TOKEN")),
  TELEGRAM_TOKEN_CUT(
      "half a token of Telegram",
      "✗ The Telegram token is not of the form 123456:ABC…: copy it again from @BotFather.",
      it -> it.sets("PARLEY_TELEGRAM_TOKEN", DoctorFaultsTest.SECRET)),
  TELEGRAM_TOKEN_REFUSED(
      "a token that Telegram does not know",
      "✗ Telegram: the token is not known there: @BotFather shows it under /mybots.",
      it -> it.sets("PARLEY_TELEGRAM_TOKEN", "123456:" + DoctorFaultsTest.SECRET)),
  TELEGRAM_AWAY(
      "Telegram cannot be reached",
      "✗ Telegram: http://127.0.0.1:… cannot be reached (…): check the network and telegram.api.",
      it -> it.sets("PARLEY_TELEGRAM_API", "http://127.0.0.1:" + freePort())),
  TELEGRAM_PROXY_AWAY(
      "a proxy that does not answer",
      "✗ Telegram: http://127.0.0.1:… cannot be reached (…): check the network, telegram.proxy and"
          + " telegram.api.",
      it ->
          it.sets(
              "PARLEY_TELEGRAM_PROXY",
              "http://ada:" + DoctorFaultsTest.SECRET + "@127.0.0.1:" + freePort())),
  TELEGRAM_PRIVACY_MODE(
      "privacy mode",
      "! Telegram: privacy mode is on: in groups I see only commands, mentions and replies. That's"
          + " fine unless you want *answer all*: @BotFather → /setprivacy → Disable, then re-add"
          + " the bot.",
      it -> it.telegram().turnsPrivacyModeOn()),
  TELEGRAM_WEBHOOK_ELSEWHERE(
      "a webhook of another program",
      "! Telegram: a webhook to old.example.org is set, so that nothing comes here: ./parley takes"
          + " it away when it starts. If another program uses this bot, give it one of its own.",
      it -> it.telegram().setsWebhook("https://old.example.org/" + DoctorFaultsTest.SECRET, "")),
  TELEGRAM_WEBHOOK_FAILS(
      "a webhook that Telegram cannot reach",
      "! Telegram: the webhook is set; … updates wait there, and the last error was at …: …. Check"
          + " the proxy that passes requests on.",
      it -> {
        String url = "https://bot.example.org/telegram";
        it.sets("PARLEY_TELEGRAM_WEBHOOK_URL", url);
        it.sets("PARLEY_TELEGRAM_WEBHOOK_PORT", "" + freePort());
        it.telegram().setsWebhook(url, "Wrong response from the webhook: 502 Bad Gateway");
      }),
  TELEGRAM_TWICE(
      "another program with the same token",
      "✗ Telegram: another program asks for this bot's updates with the same token, and Telegram"
          + " serves only one: stop it, or give one of the two a bot of its own.",
      it -> it.telegram().isAskedByAnotherProgram()),
  TELEGRAM_NAME(
      "another name there",
      "! Telegram: people see the bot as \"Parley\", and it calls itself \"Ada\": set name in the"
          + " configuration, or let ./parley doctor --introduce set it at Telegram.",
      it -> it.sets("PARLEY_NAME", "Ada")),
  CLOCK_WRONG(
      "a clock that is wrong",
      "✗ Telegram: this machine's clock is … s behind Telegram's: set it, best by NTP.",
      it -> it.telegram().clockShows(Instant.now().plusSeconds(95))),
  DISCORD_TOKEN_CUT(
      "half a token of Discord",
      "✗ discord.token is no token of a Discord bot: three parts with dots between them, from"
          + " Developer Portal → Bot → Reset Token",
      it -> it.sets("PARLEY_DISCORD_TOKEN", DoctorFaultsTest.SECRET)),
  DISCORD_TOKEN_REFUSED(
      "a token that Discord does not know",
      "✗ Discord: Discord does not know the token: get a new one in Developer Portal → Bot → Reset"
          + " Token",
      it -> it.discord().resetsToken()),
  DISCORD_AWAY(
      "Discord cannot be reached",
      "✗ Discord: it cannot be reached (…): check the network and discord.api, or try again"
          + " later.",
      it -> it.sets("PARLEY_DISCORD_API", "http://127.0.0.1:" + freePort() + "/api/v10")),
  DISCORD_MESSAGE_CONTENT_OFF(
      "Message Content is off",
      "! Discord: the Message Content switch is off, so mentions, replies and commands work but"
          + " answering everything doesn't: Developer Portal → Bot → Privileged Gateway Intents.",
      it -> it.discord().turnsMessageContentOff()),
  DISCORD_RIGHTS_MISSING(
      "rights missing in a server",
      "! Discord: in Tides it lacks rights: Send Messages, …. Give them to its role, or invite it"
          + " again: https://discord.com/oauth2/authorize?client_id=…",
      it -> it.discord().takesRights()),
  DISCORD_NO_SERVER(
      "a bot in no server",
      "! Discord: it is in no server. Invite it: https://discord.com/oauth2/authorize?client_id=…",
      it -> it.sets(it.held(new DiscordAccount()).environment())),
  DISCORD_CONNECTIONS(
      "nearly all connections of the day used",
      "✗ Discord: only 3 of 1000 connections may be opened until … minutes from now: something"
          + " starts the bot again and again; stop it, its log says why it ends.",
      it -> it.discord().hasFewConnectionsLeft());

  /** Where the doctor has to run to meet it. */
  enum Where {
    HERE,
    PROCESS,
    /** In a process with disks of its own, which not every machine allows. */
    DISKS
  }

  /** Lets it happen. */
  @FunctionalInterface
  private interface Seed {
    void sow(Installation it) throws Exception;
  }

  private final String what;
  private final String says;
  private final Where where;
  private final Seed seed;

  Fault(String what, String says, Seed seed) {
    this(what, says, Where.HERE, seed);
  }

  Fault(String what, String says, Where where, Seed seed) {
    this.what = what;
    this.says = says;
    this.where = where;
    this.seed = seed;
  }

  Where where() {
    return where;
  }

  void happensTo(Installation installation) throws Exception {
    seed.sow(installation);
  }

  /** Whether a line of the doctor's is about it; … stands for anything. */
  boolean isSaidIn(String line) {
    return Pattern.matches(
        Arrays.stream(says.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        line);
  }

  /** Whether Parley does not work with it. */
  boolean isProblem() {
    return says.startsWith("✗");
  }

  /** A row of the table for operators. */
  String row() {
    return "| %s | %s |\n".formatted(what, says.replace("|", "\\|").replace("*", "\\*"));
  }

  private static Connection connect(Path database) throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + database);
  }

  private static void makeNewer(Path database) throws Exception {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO flyway_schema_history SELECT 999, '999', 'later', type,"
              + " 'V999__later.sql', 1, installed_by, installed_on, execution_time, success"
              + " FROM flyway_schema_history WHERE version = '1'");
    }
  }

  private static long memory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  private static int takenPort(Installation it) throws Exception {
    return it.held(new ServerSocket(0, 1, InetAddress.getLoopbackAddress())).getLocalPort();
  }

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
