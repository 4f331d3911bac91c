package dev.parley.configuration;

import static dev.parley.configuration.Kind.address;
import static dev.parley.configuration.Kind.addresses;
import static dev.parley.configuration.Kind.decimal;
import static dev.parley.configuration.Kind.duration;
import static dev.parley.configuration.Kind.gateway;
import static dev.parley.configuration.Kind.nameOrPath;
import static dev.parley.configuration.Kind.onOff;
import static dev.parley.configuration.Kind.oneOf;
import static dev.parley.configuration.Kind.path;
import static dev.parley.configuration.Kind.people;
import static dev.parley.configuration.Kind.places;
import static dev.parley.configuration.Kind.proxy;
import static dev.parley.configuration.Kind.secret;
import static dev.parley.configuration.Kind.setting;
import static dev.parley.configuration.Kind.text;
import static dev.parley.configuration.Kind.webhook;
import static dev.parley.configuration.Kind.webhookSecret;
import static dev.parley.configuration.Kind.wholeNumber;

import dev.parley.configuration.Configuration.LogFormat;
import dev.parley.configuration.Configuration.LogTarget;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.Weights;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.settings.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.event.Level;

/** All there is to set, with its defaults, in the order of the file. */
final class Keys {
  private Keys() {}

  static final Key<Path> HOME =
      new Key<>(
          "home",
          path(),
          "data",
          "The data folder: database, models, logs, backups. It holds what people wrote: keep it"
              + " private.");

  static final Key<String> NAME =
      new Key<>("name", text(40), "Parley", "What the assistant calls itself.");

  static final Key<String> SYSTEM_PROMPT =
      new Key<>(
          "system-prompt",
          text(8_000),
          "",
          "Told to the model in every place, above what places and people wish. Short is better:"
              + " the model reads it for every answer.");

  static final Key<Optional<Set<PersonId>>> OPERATORS =
      new Key<>(
          "operators",
          people().or("none"),
          "none",
          "Who runs Parley: only they may use /operator, which tries, promotes and takes back"
              + " trained versions of the model, and tells everybody else how to name them here."
              + " Whoever sits at the terminal is one anyway.");

  static final Key<Boolean> ACCESS_OPERATORS_ONLY =
      new Key<>(
          "access.operators-only",
          onOff(),
          "off",
          "Whether nobody but the operators is answered, as while something is being tried or"
              + " mended. Others are told so in private.");

  static final Key<Optional<Set<PersonId>>> ACCESS_PEOPLE =
      new Key<>(
          "access.people",
          people().or("none"),
          "none",
          "The only people who are answered, besides the operators and whoever writes in"
              + " access.places. Others read in private how they would be named here. With none in"
              + " both, everybody is answered.");

  static final Key<Optional<Set<PlaceId>>> ACCESS_PLACES =
      new Key<>(
          "access.places",
          places().or("none"),
          "none",
          "The only places in which everybody is answered: groups, servers, channels, and what lies"
              + " in them. Elsewhere only access.people are.");

  static final Key<Optional<String>> MODEL_LOCAL =
      new Key<>(
          "model.local",
          nameOrPath().or("auto"),
          "auto",
          "PARLEY_MODEL",
          "The model that runs inside Parley: an id of `./parley model list`, the path of a GGUF"
              + " file, or that of a folder with config.json, safetensors and tokenizer.json. With"
              + " auto it is what `./parley model use` chose, else what suits the system's language"
              + " and this machine.");

  static final Key<Optional<List<URI>>> MODEL_URL =
      new Key<>(
          "model.url",
          addresses().or("none"),
          "none",
          "Uses an OpenAI-compatible server (vLLM, llama-server, Ollama, a cloud) instead: what"
              + " people write is sent there. Several share the work, and one that fails is left"
              + " out until it answers again: they serve the same model, and take the same key.");

  static final Key<Optional<String>> MODEL_FALLBACK =
      new Key<>(
          "model.fallback",
          nameOrPath().or("none"),
          "none",
          "The model that answers inside Parley while no such server does: local is what"
              + " model.local says, else an id or a path as there. It is fetched at the start and"
              + " loaded when it is first needed. Conversations are cut to its context from the"
              + " beginning: see model.context.");

  static final Key<Optional<String>> MODEL_NAME =
      new Key<>(
          "model.name",
          text(200).or("auto"),
          "auto",
          "Which of that server's models; auto takes the first it lists.");

  static final Key<Optional<Secret>> MODEL_KEY =
      new Key<>(
          "model.key",
          secret().or("none"),
          "none",
          "That server's key. Better given as a variable or in a file of its own: this file is"
              + " easily shown to others.");

  static final Key<Optional<Path>> MODEL_KEY_FILE =
      new Key<>(
          "model.key-file",
          path().or("none"),
          "none",
          "A file that holds nothing but that server's key.");

  static final Key<Optional<Integer>> MODEL_SLOTS =
      new Key<>(
          "model.slots",
          wholeNumber(1, 256).or("auto"),
          "auto",
          "How many answers are written at once, by each server or graphics card where there are"
              + " several; the others wait. Each takes memory for its context. auto is 8, or as"
              + " many as a card has room for.");

  static final Key<Optional<Integer>> MODEL_CONTEXT =
      new Key<>(
          "model.context",
          wholeNumber(256, 131_072).or("auto"),
          "auto",
          "Tokens of a conversation that the model sees, answer included: a token is about three"
              + " quarters of an English word. auto is 2048 for a local model, up to 8192 on a"
              + " graphics card, and what a server tells.");

  static final Key<Optional<Processor>> MODEL_PROCESSOR =
      new Key<>(
          "model.processor",
          oneOf(Processor.class).or("auto"),
          "auto",
          "What computes the local model; auto takes NVIDIA cards where libtorch finds any. All are"
              + " used, or in the environment CUDA_VISIBLE_DEVICES says which: 0 is the first"
              + " one.");

  static final Key<Optional<Weights>> MODEL_WEIGHTS =
      new Key<>(
          "model.weights",
          oneOf(Weights.class).or("auto"),
          "auto",
          "fp32 computes exactly as published, at twice the memory and less speed; auto is fp16, or"
              + " bf16 on a card that has it.");

  static final Key<Optional<Integer>> MODEL_THREADS =
      new Key<>(
          "model.threads",
          wholeNumber(1, 256).or("auto"),
          "auto",
          "Processor threads of the local model; auto takes all cores.");

  static final Key<Integer> MODEL_IDLE_MEMORY =
      new Key<>(
          "model.idle-memory-mb",
          wholeNumber(0, 1_000_000),
          "512",
          "Memory for conversations that others took the model's place from: they go on without"
              + " being read again. 0 keeps none.");

  static final Key<Integer> MODEL_IDLE_DISK =
      new Key<>(
          "model.idle-disk-mb",
          wholeNumber(0, 1_000_000),
          "2000",
          "Disk space in the data folder for those that memory has no room for, and for all of them"
              + " over a restart. 0 keeps none.");

  static final Key<Duration> MODEL_SILENCE =
      new Key<>(
          "model.silence",
          duration(Duration.ofSeconds(1), Duration.ofHours(1)),
          "2m",
          "How long a server may say nothing before its answer counts as failed.");

  static final Key<Integer> BEST_OF_ANSWERS =
      new Key<>(
          "best-of.answers",
          wholeNumber(1, 8),
          "1",
          "While nobody else needs the model, it writes so many answers to a question, and the best"
              + " is given once all are there: it comes whole rather than word by word. Wants a"
              + " reward model, or a ranker, or both.");

  static final Key<Optional<Path>> BEST_OF_REWARD_MODEL =
      new Key<>(
          "best-of.reward-model",
          path().or("none"),
          "none",
          "The folder of what `./parley train reward` learned: it says how good an answer is.");

  static final Key<Optional<Path>> BEST_OF_RANKER =
      new Key<>(
          "best-of.ranker",
          path().or("none"),
          "none",
          "The folder of what `./parley train rank` learned: it says how well an answer fits the"
              + " conversation.");

  static final Key<Optional<Secret>> TELEGRAM_TOKEN =
      new Key<>(
          "telegram.token",
          secret().or("none"),
          "none",
          "The token of your bot, from @BotFather: with it `./parley` talks on Telegram. Better"
              + " given as a variable or in a file of its own.");

  static final Key<Optional<Path>> TELEGRAM_TOKEN_FILE =
      new Key<>(
          "telegram.token-file",
          path().or("none"),
          "none",
          "A file that holds nothing but that token.");

  static final Key<URI> TELEGRAM_API =
      new Key<>(
          "telegram.api",
          address(),
          "https://api.telegram.org",
          "The Bot API server, where it is not Telegram's own.");

  static final Key<Optional<Secret>> TELEGRAM_PROXY =
      new Key<>(
          "telegram.proxy",
          proxy().or("none"),
          "none",
          "The way to Telegram, where there is no direct one. With a password better given as a"
              + " variable.");

  static final Key<Boolean> TELEGRAM_DRAFTS =
      new Key<>(
          "telegram.drafts",
          onOff(),
          "off",
          "Whether answers in private chats grow as drafts: smoother on some apps, flickering on"
              + " others, and without the button that stops them (/stop does).");

  static final Key<Optional<URI>> TELEGRAM_WEBHOOK_URL =
      new Key<>(
          "telegram.webhook-url",
          webhook().or("none"),
          "none",
          "Lets Telegram deliver to this public address instead of being asked. A proxy of yours"
              + " ends TLS there and passes requests on, path and all, to the host and port below."
              + " /healthz there says whether all is well.");

  static final Key<String> TELEGRAM_WEBHOOK_HOST =
      new Key<>(
          "telegram.webhook-host",
          text(253),
          "127.0.0.1",
          "Where that proxy finds Parley: a name or address of this machine, 0.0.0.0 for all.");

  static final Key<Integer> TELEGRAM_WEBHOOK_PORT =
      new Key<>("telegram.webhook-port", wholeNumber(1, 65_535), "8080", "The port there.");

  static final Key<Optional<Secret>> TELEGRAM_WEBHOOK_SECRET =
      new Key<>(
          "telegram.webhook-secret",
          webhookSecret().or("none"),
          "none",
          "What shows that a request is Telegram's. With none, each start makes its own: set one"
              + " only where several Parleys stand behind one address.");

  static final Key<Optional<Path>> TELEGRAM_WEBHOOK_SECRET_FILE =
      new Key<>(
          "telegram.webhook-secret-file",
          path().or("none"),
          "none",
          "A file that holds nothing but that secret.");

  static final Key<Optional<Secret>> DISCORD_TOKEN =
      new Key<>(
          "discord.token",
          secret().or("none"),
          "none",
          "The token of your bot, from Discord's Developer Portal → Bot → Reset Token: with it"
              + " `./parley` talks on Discord. Better given as a variable or in a file of its"
              + " own.");

  static final Key<Optional<Path>> DISCORD_TOKEN_FILE =
      new Key<>(
          "discord.token-file",
          path().or("none"),
          "none",
          "A file that holds nothing but that token.");

  static final Key<URI> DISCORD_API =
      new Key<>(
          "discord.api",
          address(),
          "https://discord.com/api/v10",
          "The HTTP API, where it is not Discord's own.");

  static final Key<Optional<URI>> DISCORD_GATEWAY =
      new Key<>(
          "discord.gateway",
          gateway().or("none"),
          "none",
          "Where events come from, such as wss://gateway.example.org; with none the HTTP API"
              + " tells.");

  static final Key<Integer> DISCORD_SHARDS =
      new Key<>(
          "discord.shards",
          wholeNumber(0, 1_000),
          "0",
          "How many connections share the servers; 0 follows Discord's advice.");

  static final Key<Boolean> DISCORD_PRESENCE =
      new Key<>(
          "discord.presence",
          onOff(),
          "off",
          "Whether the bot's status shows everybody how many answers are on their way.");

  static final Key<String> SERVER_HOST =
      new Key<>(
          "server.host",
          text(253),
          "127.0.0.1",
          "Where `./parley serve` listens: a name or address of this machine, 0.0.0.0 for all."
              + " Beyond 127.0.0.1 it wants a key. Requests and answers are not encrypted: across a"
              + " network that others use, put a proxy that speaks TLS in front.");

  static final Key<Integer> SERVER_PORT =
      new Key<>("server.port", wholeNumber(1, 65_535), "8000", "The port there.");

  static final Key<Optional<Secret>> SERVER_KEY =
      new Key<>(
          "server.key",
          secret().or("none"),
          "none",
          "What requests to that server must show. Better given as a variable or in a file of its"
              + " own.");

  static final Key<Optional<Path>> SERVER_KEY_FILE =
      new Key<>(
          "server.key-file", path().or("none"), "none", "A file that holds nothing but that key.");

  static final Key<Integer> SERVER_WAITING =
      new Key<>(
          "server.waiting",
          wholeNumber(1, 10_000),
          "256",
          "Most requests that wait in all; a further one is told when to come back (429).");

  static final Key<Integer> SERVER_WAITING_PER_USER =
      new Key<>(
          "server.waiting-per-user",
          wholeNumber(1, 10_000),
          "64",
          "Most requests of one user that wait: of whoever the request's field `user` names, or of"
              + " all that name nobody.");

  static final Key<Integer> SERVER_LARGEST_BODY =
      new Key<>(
          "server.largest-body",
          wholeNumber(1, 65_536),
          "1024",
          "Most kilobytes of a request; a larger one is refused (413).");

  static final Key<Optional<URI>> MODERATION_URL =
      new Key<>(
          "moderation.url",
          address().or("none"),
          "none",
          "An OpenAI-compatible server whose /v1/moderations is asked too about questions and whole"
              + " answers, where there is moderation (settings.moderation): what people write is"
              + " sent there. Where it does not answer in five seconds, what is built in counts.");

  static final Key<Optional<String>> MODERATION_MODEL =
      new Key<>(
          "moderation.model",
          text(200).or("auto"),
          "auto",
          "Which of that server's models; auto lets it choose.");

  static final Key<Optional<Secret>> MODERATION_KEY =
      new Key<>(
          "moderation.key",
          secret().or("none"),
          "none",
          "That server's key. Better given as a variable or in a file of its own.");

  static final Key<Optional<Path>> MODERATION_KEY_FILE =
      new Key<>(
          "moderation.key-file",
          path().or("none"),
          "none",
          "A file that holds nothing but that key.");

  /** No report shows what was given for them. */
  static final List<Key<?>> SECRETS =
      List.of(
          MODEL_KEY,
          TELEGRAM_TOKEN,
          TELEGRAM_PROXY,
          TELEGRAM_WEBHOOK_SECRET,
          DISCORD_TOKEN,
          SERVER_KEY,
          MODERATION_KEY);

  static final Key<String> WATCH_HOST =
      new Key<>(
          "watch.host",
          text(255),
          "127.0.0.1",
          "Where the bot tells how it is, for those who watch it. Figures are nobody's secret, but"
              + " there is no key: leave it on this machine, or behind something that asks.");

  static final Key<Optional<Integer>> WATCH_PORT =
      new Key<>(
          "watch.port",
          wholeNumber(0, 65_535).or("none"),
          "none",
          "The port of /healthz (it runs), /readyz (it answers) and /metrics (for Prometheus)"
              + " while the bot runs; 0 takes any that is free.");

  static final Key<Optional<Duration>> BACKUP_EVERY =
      new Key<>(
          "backup.every",
          duration(Duration.ofHours(1), Duration.ofDays(365)).or("none"),
          "1d",
          "How often the database is copied to backups/ in the data folder while the bot runs; none"
              + " leaves that to you.");

  static final Key<Duration> BACKUP_KEEP =
      new Key<>(
          "backup.keep",
          duration(Duration.ofDays(1), Duration.ofDays(3650)),
          "30d",
          "How long those copies are kept; the newest one always is. What people delete is gone"
              + " from everywhere after that time, and /privacy says so.");

  static final Key<Integer> ANSWER_MAX_TOKENS =
      new Key<>(
          "answer.max-tokens",
          wholeNumber(16, 32_768),
          "512",
          "The longest answer of normal length; people go on with /continue. Short and long answers"
              + " are half and twice that.");

  static final Key<Optional<Double>> ANSWER_TEMPERATURE =
      new Key<>(
          "answer.temperature",
          decimal(0, 2).or("auto"),
          "auto",
          "0 always takes the most probable word, 1 chooses freely; auto is what suits the model.");

  static final Key<Integer> QUEUE_WAITING_PER_PERSON =
      new Key<>(
          "queue.waiting-per-person",
          wholeNumber(1, 1_000),
          "20",
          "Most questions of one person that wait for their answer.");

  static final Key<Integer> QUEUE_RUNNING_PER_PERSON =
      new Key<>(
          "queue.running-per-person",
          wholeNumber(1, 64),
          "2",
          "Most answers to one person that are written at once.");

  static final Key<Integer> QUEUE_WAITING =
      new Key<>(
          "queue.waiting",
          wholeNumber(1, 100_000),
          "1000",
          "Most questions that wait in all; a further one is told when to come back.");

  static final Key<Duration> CONVERSATION_IDLE =
      new Key<>(
          "conversation.idle",
          duration(Duration.ofMinutes(1), Duration.ofDays(3650)),
          "12h",
          "After so long a silence a conversation starts anew; the old one stays in /history.");

  static final Key<Level> LOG_LEVEL =
      new Key<>(
          "log.level",
          oneOf(Level.class),
          "info",
          "The least important event that is logged. Libraries log warnings and errors only.");

  static final Key<LogTarget> LOG_TARGET =
      new Key<>(
          "log.target",
          oneOf(LogTarget.class),
          "file",
          "Where to: logs/parley.log in the data folder, the standard error stream, or both. While"
              + " somebody talks in the terminal it is the file alone.");

  static final Key<LogFormat> LOG_FORMAT =
      new Key<>(
          "log.format",
          oneOf(LogFormat.class),
          "text",
          "Lines for people, or a JSON object each for a program that collects them.");

  static final Key<Boolean> LOG_MESSAGE_TEXT =
      new Key<>(
          "log.message-text",
          onOff(),
          "off",
          "Whether what people and the model write may be in the log. Tell your people before you"
              + " turn it on.");

  /** What the operator sets for everybody who sets nothing, by the setting's own key. */
  static final List<Key<String>> SETTINGS =
      List.of(
          of(
              Setting.LANGUAGE,
              "auto, or a language such as en, zh-TW or zh-CN",
              "The language Parley speaks; auto is each person's own."),
          of(
              Setting.CREATIVITY,
              "precise, balanced or creative",
              "How freely the model chooses its words."),
          of(Setting.ANSWER_LENGTH, "short, normal or long", "How long answers may be."),
          of(
              Setting.PERSONA,
              "a persona's id: lower-case letters, digits and hyphens",
              "The role Parley plays."),
          of(Setting.STREAMING, "on or off", "Whether answers grow while they are written."),
          of(
              Setting.SHARED_CONVERSATION,
              "on or off",
              "Whether everyone in a group talks in one conversation."),
          of(
              Setting.ANSWER_MODE,
              "mentioned, all or nothing",
              "What Parley answers in groups: only what mentions or replies to it, everything, or"
                  + " nothing."),
          of(
              Setting.ANSWER_BOTS,
              "on or off",
              "Whether other bots are answered like people: five times in a row, then not before a"
                  + " person asks something there. Telegram shows bots nothing that other bots"
                  + " write, unless that changes."),
          of(
              Setting.THREADS,
              "off, join or open",
              "Discord's threads: off treats them like channels; join answers everything that"
                  + " people say in those they called Parley into; open does the same, and goes on"
                  + " with a long conversation in a thread of its own."),
          of(
              Setting.LONG_ANSWERS,
              "messages or file",
              "How an answer of more than three messages comes on Discord: in as many as it needs,"
                  + " or as its beginning and a file."),
          of(
              Setting.QUIET_ANSWERS,
              "on or off",
              "Whether only the caller of a command sees its answer on Discord."),
          of(
              Setting.ALLOWED_ROLES,
              "none, or names or ids of roles such as Patrons, Staff",
              "Only people with one of these roles are answered in Discord's servers; none lets"
                  + " everybody in."),
          of(
              Setting.BLOCKED_ROLES,
              "none, or names or ids of roles such as Muted",
              "People with one of these roles are not answered in Discord's servers."),
          of(
              Setting.CUSTOM_INSTRUCTIONS,
              "on or off",
              "Whether people's custom instructions apply."),
          of(
              Setting.MODERATION,
              "off, mark or block",
              "What becomes of questions and answers that are violent, hateful, harassing, sexual"
                  + " or about hurting oneself, in English and Chinese: mark shows them with a"
                  + " note, block keeps them back. Admins may want more than this, not less."),
          of(
              Setting.ALLOWED_WORDS,
              "none, or words such as casino, spam",
              "Words that are never objected to. A place's own stand instead of these."),
          of(
              Setting.BLOCKED_WORDS,
              "none, or words such as casino, spam",
              "Words that are always objected to where there is moderation. A place's own stand"
                  + " instead of these."),
          of(
              Setting.KEEP_DAYS,
              "a number of days up to 9999, 0 to keep them",
              "After how many days questions and their answers are deleted. People may choose their"
                  + " own days, and so may admins for their groups: the fewer count."),
          of(
              Setting.TEACHERS,
              "everyone or admins",
              "Who may write a better answer after 👎, which the model may learn from those who"
                  + " agreed to it: everyone whom the answer is for, or only those of them who"
                  + " manage the place or are operators."),
          of(
              Setting.COMPARISONS,
              "a number up to 9999, 0 for never",
              "After how many answers somebody who agreed to learning is asked which of two answers"
                  + " is better. The second one is written while nobody waits."),
          of(
              Setting.MESSAGES_PER_MINUTE,
              "a number up to 999, or 10 burst 30 where 30 may come at once, 0 for no limit",
              "Most questions of one person a minute. Whoever writes faster is told once when it"
                  + " goes on; operators never are."),
          of(
              Setting.PLACE_MESSAGES_PER_MINUTE,
              "a number up to 999, or 10 burst 30 where 30 may come at once, 0 for no limit",
              "Most questions in one place a minute, of everyone there together."),
          of(
              Setting.MESSAGES_PER_DAY,
              "a number up to 999999, 0 for no limit",
              "Most questions of one person a day. This and the budgets below say so under an"
                  + " answer once a day, when four fifths are used; operators have none of them."),
          of(
              Setting.TOKENS_PER_DAY,
              "a number up to 999999999, 0 for no limit",
              "Most tokens read and written for one person a day. An answer costs its own tokens"
                  + " and those of the conversation before it: often a thousand."),
          of(
              Setting.ROLE_TOKENS_PER_DAY,
              "none, or a list such as Patrons=50000, admins=0",
              "Instead of tokens-per-day for people with one of these roles, by the role's name or"
                  + " id on Discord; admins are those who manage the group or server, on Telegram"
                  + " too. Of somebody's roles the most generous counts, and 0 is no limit."),
          of(
              Setting.PLACE_TOKENS_PER_DAY,
              "a number up to 999999999, 0 for no limit",
              "Most tokens read and written in one place a day, for everyone there together."));

  static final List<Key<?>> ALL =
      Stream.<List<? extends Key<?>>>of(
              List.of(
                  HOME,
                  NAME,
                  SYSTEM_PROMPT,
                  OPERATORS,
                  ACCESS_OPERATORS_ONLY,
                  ACCESS_PEOPLE,
                  ACCESS_PLACES,
                  MODEL_LOCAL,
                  MODEL_URL,
                  MODEL_FALLBACK,
                  MODEL_NAME,
                  MODEL_KEY,
                  MODEL_KEY_FILE,
                  MODEL_SLOTS,
                  MODEL_CONTEXT,
                  MODEL_PROCESSOR,
                  MODEL_WEIGHTS,
                  MODEL_THREADS,
                  MODEL_IDLE_MEMORY,
                  MODEL_IDLE_DISK,
                  MODEL_SILENCE,
                  BEST_OF_ANSWERS,
                  BEST_OF_REWARD_MODEL,
                  BEST_OF_RANKER,
                  TELEGRAM_TOKEN,
                  TELEGRAM_TOKEN_FILE,
                  TELEGRAM_API,
                  TELEGRAM_PROXY,
                  TELEGRAM_DRAFTS,
                  TELEGRAM_WEBHOOK_URL,
                  TELEGRAM_WEBHOOK_HOST,
                  TELEGRAM_WEBHOOK_PORT,
                  TELEGRAM_WEBHOOK_SECRET,
                  TELEGRAM_WEBHOOK_SECRET_FILE,
                  DISCORD_TOKEN,
                  DISCORD_TOKEN_FILE,
                  DISCORD_API,
                  DISCORD_GATEWAY,
                  DISCORD_SHARDS,
                  DISCORD_PRESENCE,
                  SERVER_HOST,
                  SERVER_PORT,
                  SERVER_KEY,
                  SERVER_KEY_FILE,
                  SERVER_WAITING,
                  SERVER_WAITING_PER_USER,
                  SERVER_LARGEST_BODY,
                  MODERATION_URL,
                  MODERATION_MODEL,
                  MODERATION_KEY,
                  MODERATION_KEY_FILE,
                  WATCH_HOST,
                  WATCH_PORT,
                  BACKUP_EVERY,
                  BACKUP_KEEP,
                  ANSWER_MAX_TOKENS,
                  ANSWER_TEMPERATURE,
                  QUEUE_WAITING_PER_PERSON,
                  QUEUE_RUNNING_PER_PERSON,
                  QUEUE_WAITING,
                  CONVERSATION_IDLE),
              SETTINGS,
              List.of(LOG_LEVEL, LOG_TARGET, LOG_FORMAT, LOG_MESSAGE_TEXT))
          .<Key<?>>flatMap(List::stream)
          .toList();

  private static <T> Key<String> of(Setting<T> setting, String expectation, String explanation) {
    return new Key<>(
        "settings." + setting.key(),
        setting(setting, expectation),
        setting.format(setting.builtIn()),
        explanation);
  }
}
