package dev.parley.telegram;

import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Feature;
import dev.parley.platform.Inbox;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Platform;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformLimits;
import dev.parley.platform.ReplyChannel;
import dev.parley.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.User;

/** Telegram, by long polling or a webhook. Thread-safe. */
public final class TelegramPlatform implements Platform {
  public static final String NAME = "telegram";
  private static final Logger log = LoggerFactory.getLogger(TelegramPlatform.class);
  private static final int MOST_TRIES = 3;

  private static final List<String> WANTED =
      List.of("message", "edited_message", "callback_query", "my_chat_member", "message_reaction");

  private final TelegramOptions options;
  private final BotApi api;
  private final KnownMessages known = new KnownMessages();
  private final Outbox outbox;
  private final Events events;
  private final Panels panels;
  private final Forms forms;
  private final User bot;
  private final Timing timing;
  private Optional<Intake> intake = Optional.empty();
  private Optional<UpdateSource> source = Optional.empty();
  private Optional<Thread> menu = Optional.empty();

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
    this.timing = timing;
    InstantSource clock = timing.clock();
    Posts posts = new Posts(database, clock);
    posts.newest().forEach(old -> known.add(old.chat(), old.message()));
    outbox = new Outbox(api, posts, new Pauses(database, clock), known, timing);
    events = new Events(database, clock);
    takeWaiting();
    // a message that got lost is looked for among the numbers that are none of these
    events.left().forEach(gathered -> gathered.updates().forEach(known::add));
    panels = new Panels(database, clock);
    forms = new Forms(database);
  }

  /**
   * Takes all updates that wait, to be handled once this has started. Those that are delivered to a
   * webhook cannot be asked for.
   */
  private void takeWaiting() {
    int offset = 0;
    int failures = 0;
    while (options.webhook().isEmpty() && failures < MOST_TRIES) {
      try {
        List<Update> waiting = api.call(new PolledUpdates(offset, Duration.ZERO, WANTED));
        if (waiting.isEmpty()) {
          return;
        }
        events.take(waiting);
        offset = waiting.getLast().getUpdateId() + 1;
      } catch (PlatformException e) {
        failures++;
        log.debug("Waiting updates cannot be read: {}", e.getMessage());
      }
    }
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
  public Set<Feature> features() {
    return EnumSet.of(Feature.PICTURES);
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
            new Incoming(bot, new Speakers(new Admins(api)::manages), new Material(api)),
            inbox,
            new Responses(api, outbox, panels, forms, inbox),
            panels,
            forms);
    Intake taking = new Intake(events, known, new Apologies(api, known), updates::handle);
    intake = Optional.of(taking);
    taking.resume();
    menu =
        Optional.of(
            Thread.ofVirtual()
                .name("telegram-commands")
                .start(() -> CommandMenu.synchronize(api, outbox, commands)));
    UpdateSource updatesFrom = source(taking);
    source = Optional.of(updatesFrom);
    updatesFrom.start();
  }

  private UpdateSource source(Intake taking) {
    RandomGenerator random = RandomGenerator.getDefault();
    return options
        .webhook()
        .<UpdateSource>map(webhook -> new Webhook(api, taking, webhook, WANTED, random))
        .orElseGet(
            () ->
                new Poller(
                    api,
                    taking,
                    options.polling(),
                    WANTED,
                    timing.clock(),
                    random,
                    timing.sleeper()));
  }

  @Override
  public ReplyChannel open(PlaceId place, Optional<String> question) {
    return new TelegramChannel(
        outbox,
        Chat.of(place),
        // a question that was asked by a command or a button has no message of its own
        question.filter(id -> id.matches("[0-9]+")).map(Integer::valueOf),
        options.drafts());
  }

  @Override
  public void close() {
    // first, since a next request would confirm what the intake takes no more
    source.ifPresent(UpdateSource::close);
    menu.ifPresent(Thread::interrupt);
    intake.ifPresent(Intake::close);
    api.close();
  }
}
