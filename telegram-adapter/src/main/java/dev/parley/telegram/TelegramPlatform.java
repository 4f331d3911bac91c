package dev.parley.telegram;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Inbox;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Platform;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformLimits;
import dev.parley.platform.ReplyChannel;
import dev.parley.storage.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.longpolling.BotSession;
import org.telegram.telegrambots.longpolling.util.ExponentialBackOff;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;

/** Telegram by long polling. Thread-safe. */
public final class TelegramPlatform implements Platform {
  public static final String NAME = "telegram";
  private static final Logger log = LoggerFactory.getLogger(TelegramPlatform.class);
  private static final List<String> WANTED = List.of("message", "edited_message", "callback_query");
  private static final int AT_ONCE = 100;

  private final TelegramOptions options;
  private final BotApi api;
  private final KnownMessages known = new KnownMessages();
  private final Outbox outbox;
  private final Events events;
  private final Panels panels;
  private final Forms forms;
  private final User bot;
  private final ScheduledExecutorService polling =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("telegram-polling").factory());
  private Optional<Intake> intake = Optional.empty();
  private Optional<BotSession> session = Optional.empty();

  /**
   * Reaches Telegram and asks who the bot is.
   *
   * @throws PlatformException where Telegram cannot be reached or does not know the token
   */
  public static TelegramPlatform connect(
      TelegramOptions options, Database database, InstantSource clock) throws PlatformException {
    return connect(options, database, Timing.real(clock));
  }

  static TelegramPlatform connect(TelegramOptions options, Database database, Timing timing)
      throws PlatformException {
    BotApi api = new BotApi(options, timing.timeout());
    try {
      return new TelegramPlatform(options, api, api.call(new GetMe()), database, timing);
    } catch (PlatformException e) {
      api.close();
      throw e;
    }
  }

  private TelegramPlatform(
      TelegramOptions options, BotApi api, User bot, Database database, Timing timing) {
    this.options = options;
    this.api = api;
    this.bot = bot;
    InstantSource clock = timing.clock();
    Posts posts = new Posts(database, clock);
    posts.newest().forEach(old -> known.add(old.chat(), old.message()));
    outbox = new Outbox(api, posts, known, timing);
    events = new Events(database, clock);
    // replies of an earlier process are taken up before what was written since is handled
    events.left().forEach(known::add);
    waiting().forEach(known::add);
    panels = new Panels(database, clock);
    forms = new Forms(database);
  }

  /** Updates that wait, without confirming them; none where they cannot be had. */
  private List<Update> waiting() {
    for (int tries = 0; tries < 3; tries++) {
      try {
        return api.call(
            GetUpdates.builder().limit(AT_ONCE).timeout(0).allowedUpdates(WANTED).build());
      } catch (PlatformException e) {
        log.debug("Waiting updates cannot be read: {}", e.getMessage());
      }
    }
    return List.of();
  }

  @Override
  public String name() {
    return NAME;
  }

  /** The bot's own name, with its at sign. */
  public String botName() {
    return "@" + bot.getUserName();
  }

  @Override
  public PlatformLimits limits() {
    return Limits.PLATFORM;
  }

  @Override
  public void start(Inbox inbox) {
    List<CommandDefinition> commands = inbox.commands();
    Updates updates =
        new Updates(
            new Incoming(bot, new Admins(api)::manages),
            inbox,
            new Responses(api, outbox, panels, forms, inbox),
            panels,
            forms);
    Intake taking = new Intake(events, known, updates::handle);
    intake = Optional.of(taking);
    taking.resume();
    Thread.ofVirtual().start(() -> CommandMenu.synchronize(api, commands));
    BotSession polled =
        new BotSession(
            new ObjectMapper(),
            new OkHttpClient.Builder()
                .readTimeout(options.polling().plusSeconds(25))
                .callTimeout(options.polling().plusSeconds(30))
                .build(),
            polling,
            options.token(),
            () -> BotApi.url(options),
            this::next,
            ExponentialBackOff::new,
            taking);
    session = Optional.of(polled);
    polling.execute(() -> begin(polled));
  }

  private GetUpdates next(int lastReceived) {
    return GetUpdates.builder()
        .offset(lastReceived + 1)
        .limit(AT_ONCE)
        .timeout((int) options.polling().toSeconds())
        .allowedUpdates(WANTED)
        .build();
  }

  /** The session first takes a webhook away, which fails where the network does. */
  private void begin(BotSession polled) {
    try {
      polled.start();
    } catch (TelegramApiException e) {
      log.warn("Telegram does not answer yet and is asked again");
      var _ = polling.schedule(() -> begin(polled), 5, TimeUnit.SECONDS);
    }
  }

  @Override
  public ReplyChannel open(PlaceId place, Optional<String> question) {
    return new TelegramChannel(
        outbox,
        Chat.of(place),
        // a question that was asked by a command or a button has no message of its own
        question.filter(id -> id.matches("[0-9]+")).map(Integer::valueOf));
  }

  @Override
  public void close() {
    // the poller first: its next request would confirm what the intake takes no more
    session.ifPresent(BotSession::stop);
    polling.shutdownNow();
    intake.ifPresent(Intake::close);
    api.close();
  }
}
