package dev.parley.discord;

import dev.parley.language.Excerpt;
import dev.parley.language.Texts;
import dev.parley.platform.Feature;
import dev.parley.platform.Inbox;
import dev.parley.platform.IncomingMessage;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Platform;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import dev.parley.platform.PlatformLimits;
import dev.parley.platform.ReplyChannel;
import dev.parley.reply.OutgoingPosts;
import dev.parley.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Activity;
import net.dv8tion.jda.api.exceptions.InvalidTokenException;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.sharding.DefaultShardManagerBuilder;
import net.dv8tion.jda.api.sharding.ShardManager;
import net.dv8tion.jda.api.utils.ConcurrentSessionController;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Discord, by its gateway and its HTTP API. Thread-safe. */
public final class DiscordPlatform implements Platform {
  public static final String NAME = "discord";
  private static final Logger log = LoggerFactory.getLogger(DiscordPlatform.class);
  private static final Duration SAVE = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PRESENCE = Duration.ofSeconds(15);
  private static final Duration END = Duration.ofSeconds(10);

  private final DiscordOptions options;
  private final BotAccount account;
  private final OkHttpClient http;
  private final Database database;
  private final InstantSource clock;
  private final CompletableFuture<JDA> client = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Rest rest = new Rest(client);
  private final Outbox outbox;
  private final Interactions interactions;
  private final Progress progress;
  private Optional<ShardManager> shards = Optional.empty();

  /**
   * Reaches Discord and asks who the bot is.
   *
   * @throws PlatformException where Discord cannot be reached or does not know the token
   */
  public static DiscordPlatform connect(
      DiscordOptions options, Database database, InstantSource clock) throws PlatformException {
    return connect(options, database, clock, TIMEOUT);
  }

  static DiscordPlatform connect(
      DiscordOptions options, Database database, InstantSource clock, Duration timeout)
      throws PlatformException {
    OkHttpClient http =
        new OkHttpClient.Builder().retryOnConnectionFailure(false).readTimeout(timeout).build();
    try {
      return new DiscordPlatform(options, BotAccount.ask(http, options), http, database, clock);
    } catch (PlatformException e) {
      end(http);
      throw e;
    }
  }

  private DiscordPlatform(
      DiscordOptions options,
      BotAccount account,
      OkHttpClient http,
      Database database,
      InstantSource clock) {
    this.options = options;
    this.account = account;
    this.http = http;
    this.database = database;
    this.clock = clock;
    outbox = new Outbox(rest, new OutgoingPosts(NAME, database, clock), clock);
    interactions = new Interactions(database, clock);
    progress = new Progress(database);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** The bot's own name. */
  public String botName() {
    return account.name();
  }

  /** Where somebody who manages a server adds the bot to it. */
  public String invitation() {
    return account.invitation();
  }

  /** What <em>answer all</em> needs: the Message Content switch. */
  @Override
  public boolean seesEverything() {
    return account.seesMessages();
  }

  @Override
  public Set<Feature> features() {
    return EnumSet.allOf(Feature.class);
  }

  /** A thread has the number of the message it begins with. */
  @Override
  public Optional<Place> openThread(PlaceId place, String messageId, String name) {
    String title = Excerpt.of(name, Limits.THREAD_NAME_LENGTH - 1);
    return !Interactions.isOne(messageId)
            && !title.isEmpty()
            && outbox.openThread(place.id(), messageId, title)
        ? Optional.of(
            new Place(new PlaceId(NAME, messageId), Place.Kind.THREAD, Optional.of(place), title))
        : Optional.empty();
  }

  @Override
  public PlatformLimits limits() {
    return Limits.PLATFORM;
  }

  @Override
  public void start(Inbox inbox) {
    Locales locales = new Locales(database);
    Incoming incoming = new Incoming(locales, new Files(http));
    Listener listener =
        new Listener(
            inbox,
            account.seesMessages(),
            incoming,
            new InteractionEvents(inbox, incoming, locales, interactions, rest, clock),
            message -> sayHidden(inbox, message),
            new Apologies(rest, locales),
            progress,
            handler -> new CatchUp(database, handler),
            closed);
    Thread.ofVirtual().name("discord-login").start(() -> login(listener));
    Thread.ofVirtual()
        .name("discord-commands")
        .start(() -> CommandMenu.synchronize(rest, inbox.commands()));
    Thread.ofVirtual().name("discord-progress").start(this::saveProgress);
    if (options.presence()) {
      Thread.ofVirtual().name("discord-presence").start(() -> showPresence(inbox));
    }
  }

  /** What is meant for the bot but not shown to it: whoever wrote it thinks it was read. */
  private void sayHidden(Inbox inbox, IncomingMessage message) {
    if (!inbox.wants(message)) {
      return;
    }
    ReplyChannel channel = open(message.place().id(), Optional.of(message.messageId()));
    String words = inbox.texts(message.author(), message.place()).say("message.hidden");
    try {
      channel.post(channel.format(words), List.of(), "hidden-" + message.messageId());
    } catch (PlatformException e) {
      log.debug("Nobody hears that a message was hidden: {}", e.getMessage());
    }
    channel.finished(false);
  }

  /** How many answers are on their way, as the bot's status; Discord takes five in a minute. */
  private void showPresence(Inbox inbox) {
    Texts texts = Texts.of(Locale.getDefault()).on(NAME);
    String shown = "";
    while (closed.getCount() > 0) {
      String now = texts.say("presence.queue", inbox.underway());
      Optional<ShardManager> manager;
      synchronized (this) {
        manager = shards;
      }
      if (!now.equals(shown) && client.isDone() && manager.isPresent()) {
        manager.get().setActivity(Activity.customStatus(now));
        shown = now;
      }
      pause(PRESENCE);
    }
  }

  /** Until it is done, or there is nothing to be done. */
  private void login(Listener listener) {
    while (closed.getCount() > 0) {
      ShardManager manager = shards(listener);
      synchronized (this) {
        shards = Optional.of(manager);
      }
      try {
        manager.login();
        client.complete(manager.getShards().getFirst());
        if (closed.getCount() == 0) {
          manager.shutdown();
        }
        return;
      } catch (InvalidTokenException e) {
        log.error("Discord does not know the token any more");
        client.completeExceptionally(new PlatformException(Kind.REFUSED, "no valid token"));
        return;
      } catch (RuntimeException e) {
        log.warn("Discord cannot be reached, I keep trying: {}", e.getMessage());
        manager.shutdown();
      }
      pause(SAVE);
    }
  }

  private void saveProgress() {
    while (closed.getCount() > 0) {
      pause(SAVE);
      progress.save();
    }
  }

  private void pause(Duration duration) {
    try {
      boolean _ = closed.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) { // nobody does
      Thread.currentThread().interrupt();
    }
  }

  private ShardManager shards(Listener listener) {
    EnumSet<GatewayIntent> intents =
        EnumSet.of(
            GatewayIntent.GUILD_MESSAGES,
            GatewayIntent.DIRECT_MESSAGES,
            GatewayIntent.GUILD_MESSAGE_REACTIONS,
            GatewayIntent.DIRECT_MESSAGE_REACTIONS);
    if (account.seesMessages()) {
      intents.add(GatewayIntent.MESSAGE_CONTENT);
    }
    return DefaultShardManagerBuilder.createLight(options.token(), intents)
        .setShardsTotal(options.shards() == 0 ? -1 : options.shards())
        .setHttpClient(http)
        .setRestConfig(new RestConfig().setBaseUrl(options.api() + "/"))
        .setSessionController(new Sessions(options))
        .setEnableShutdownHook(false)
        .setRequestTimeoutRetry(false)
        .addEventListeners(listener)
        .build(false);
  }

  /** Knows where events come from. */
  private static final class Sessions extends ConcurrentSessionController {
    private final DiscordOptions options;

    Sessions(DiscordOptions options) {
      this.options = options;
    }

    @Override
    public ShardedGateway getShardedGateway(JDA api) {
      ShardedGateway asked = super.getShardedGateway(api);
      return options
          .gateway()
          .map(
              gateway ->
                  new ShardedGateway(
                      gateway.toString(), asked.getShardTotal(), asked.getConcurrency()))
          .orElse(asked);
    }
  }

  @Override
  public ReplyChannel open(PlaceId place, Optional<String> question) {
    boolean interaction = question.filter(Interactions::isOne).isPresent();
    boolean beginsThread = question.equals(Optional.of(place.id())); // it stands outside
    DiscordChannel ordinary =
        new DiscordChannel(
            outbox, place.id(), interaction || beginsThread ? Optional.empty() : question);
    Optional<Interactions.Open> open =
        question.filter(id -> interaction).flatMap(interactions::find);
    if (open.isEmpty() && QuietPlace.is(place)) {
      return new NoChannel();
    }
    return open.<ReplyChannel>map(one -> new InteractionChannel(rest, one, ordinary, clock))
        .orElse(ordinary);
  }

  @Override
  public void close() {
    closed.countDown();
    client.cancel(false);
    Optional<ShardManager> manager;
    synchronized (this) {
      manager = shards;
    }
    manager.ifPresent(this::end);
    progress.save();
    end(http);
  }

  private void end(ShardManager manager) {
    for (JDA shard : manager.getShards()) {
      shard.shutdown();
      try {
        if (!shard.awaitShutdown(END)) {
          shard.shutdownNow();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    manager.shutdown();
  }

  private static void end(OkHttpClient http) {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
