package dev.parley.configuration;

import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.Weights;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.prompt.Persona;
import dev.parley.queue.QueueLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.event.Level;

/**
 * What the operator set, and the built-in default where nothing was set. {@code config/parley.yaml}
 * says what each value does. Immutable.
 *
 * @param folder where Parley lies, with {@code config/} in it
 * @param home data folder: database, models, logs
 * @param name what the assistant calls itself
 * @param systemPrompt the operator's words to the model in every place; may be empty
 * @param operators who runs Parley, besides whoever sits at the terminal
 * @param access whom the operator lets in
 * @param conversationIdle after so long a silence a conversation starts anew
 * @param personas the roles that can be chosen, the default first
 * @param settings what the operator set of what people and places can set, by the setting's key
 * @param secrets all there are, so that no log line shows one
 */
public record Configuration(
    Path folder,
    Path home,
    String name,
    String systemPrompt,
    Set<PersonId> operators,
    Access access,
    Model model,
    BestOf bestOf,
    Telegram telegram,
    Discord discord,
    Server server,
    Moderation moderation,
    Watch watch,
    Backup backup,
    Answer answer,
    QueueLimits queue,
    Duration conversationIdle,
    List<Persona> personas,
    Map<String, String> settings,
    Log log,
    List<Secret> secrets) {

  public Configuration {
    operators = Set.copyOf(operators);
    personas = List.copyOf(personas);
    settings = Map.copyOf(settings);
    secrets = List.copyOf(secrets);
  }

  /**
   * Whom the operator lets in.
   *
   * @param operatorsOnly whether nobody else is
   * @param people who are let in everywhere; with no places either, everybody is
   * @param places where everybody is let in
   */
  public record Access(boolean operatorsOnly, Set<PersonId> people, Set<PlaceId> places) {
    public Access {
      people = Set.copyOf(people);
      places = Set.copyOf(places);
    }
  }

  /**
   * Who else judges what people and the model say.
   *
   * @param url up to and with the version; empty for nobody
   * @param model empty lets the server choose
   * @param key empty where the server wants none
   */
  public record Moderation(Optional<URI> url, String model, Optional<Secret> key) {}

  /**
   * The model that answers.
   *
   * @param local catalogue id or path of the local model; empty lets Parley choose
   * @param urls addresses of OpenAI-compatible servers to use instead of a local model
   * @param fallback what answers here while none of them does: {@code local}, an id or a path;
   *     empty for nothing
   * @param name which of the server's models; empty takes its first
   * @param key the server's key; empty where it wants none
   * @param slots generations that run at once; empty takes the usual
   * @param context tokens of each, prompt and answer together; empty takes the usual
   * @param processor what computes the local model; empty takes a card where there is one
   * @param weights precision of the local model; empty takes what suits the processor
   * @param threads processor threads of the local model; empty takes all cores
   * @param idleMemory megabytes of memory for conversations that lost their slot
   * @param idleDisk megabytes of disk for them
   * @param silence how long a server may say nothing
   */
  public record Model(
      Optional<String> local,
      List<URI> urls,
      Optional<String> fallback,
      Optional<String> name,
      Optional<Secret> key,
      Optional<Integer> slots,
      Optional<Integer> context,
      Optional<Processor> processor,
      Optional<Weights> weights,
      Optional<Integer> threads,
      int idleMemory,
      int idleDisk,
      Duration silence) {
    public Model {
      urls = List.copyOf(urls);
    }
  }

  /**
   * How the best of several answers is found.
   *
   * @param answers to a question, where nobody else needs the model
   * @param rewardModel folder of what judges them
   * @param ranker folder of what judges them too
   */
  public record BestOf(int answers, Optional<Path> rewardModel, Optional<Path> ranker) {}

  /**
   * The bot on Telegram.
   *
   * @param token of the bot; empty where it shall not talk there
   * @param api the Bot API server
   * @param proxy the way there, a URL that may hold a password
   * @param webhook how updates come; empty asks for them
   * @param drafts whether answers in private chats grow as drafts
   */
  public record Telegram(
      Optional<Secret> token,
      URI api,
      Optional<Secret> proxy,
      Optional<Webhook> webhook,
      boolean drafts) {}

  /**
   * Where Telegram delivers.
   *
   * @param url public address
   * @param host where Parley listens
   * @param secret what shows that a request is Telegram's; empty makes one up
   */
  public record Webhook(URI url, String host, int port, Optional<Secret> secret) {}

  /**
   * The bot on Discord.
   *
   * @param token of the bot; empty where it shall not talk there
   * @param api the HTTP API
   * @param gateway where events come from; empty asks the HTTP API
   * @param shards how many connections; 0 follows Discord's advice
   * @param presence whether the bot's status tells how many answers are on their way
   */
  public record Discord(
      Optional<Secret> token, URI api, Optional<URI> gateway, int shards, boolean presence) {}

  /**
   * What those see who watch the bot.
   *
   * @param port empty where nobody does
   */
  public record Watch(String host, Optional<Integer> port) {}

  /**
   * Copies of the database.
   *
   * @param every how often one is made while the bot runs; empty for never
   * @param keep how long they are kept
   */
  public record Backup(Optional<Duration> every, Duration keep) {
    /** After which no copy is left of what is there now; empty where none are made. */
    public Optional<Duration> longest() {
      return every.map(time -> time.compareTo(keep) > 0 ? time : keep);
    }
  }

  /**
   * The model as a server for other programs.
   *
   * @param host where it listens
   * @param key what requests must show; empty where they need not
   * @param waiting most requests that wait in all
   * @param waitingPerUser most requests of one user that wait
   * @param largestBody most bytes of a request
   */
  public record Server(
      String host,
      int port,
      Optional<Secret> key,
      int waiting,
      int waitingPerUser,
      int largestBody) {}

  /**
   * How answers are written where nobody chose otherwise.
   *
   * @param maxTokens the longest answer of normal length
   * @param temperature 0 to 2; empty takes what suits the model
   */
  public record Answer(int maxTokens, Optional<Double> temperature) {}

  /**
   * What is logged.
   *
   * @param level the least important event of Parley itself
   * @param messageText whether what people and the model write may be in it
   */
  public record Log(Level level, LogTarget target, LogFormat format, boolean messageText) {}

  /** Where log lines go. */
  public enum LogTarget {
    FILE,
    STDERR,
    BOTH
  }

  /** What a log line is written as. */
  public enum LogFormat {
    TEXT,
    JSON
  }

  /** The file that remembers what {@code model use} chose. */
  public Path chosenModelFile() {
    return home.resolve("model.txt");
  }

  /** What the model keeps of conversations that lost their slot. */
  public Path idleFolder() {
    return home.resolve("idle");
  }

  /** Runs of training, and what they learned. */
  public Path trainingFolder() {
    return home.resolve("training");
  }

  public Path modelsFolder() {
    return home.resolve("models");
  }

  public Path databaseFile() {
    return home.resolve("parley.db");
  }

  public Path backupFolder() {
    return home.resolve("backups");
  }

  /** What can be made again: the native libraries as the engine unpacks them. */
  public Path cacheFolder() {
    return home.resolve("cache");
  }

  public Path logFolder() {
    return home.resolve("logs");
  }

  public Path catalogueFile() {
    return folder.resolve("config").resolve("models.yaml");
  }
}
