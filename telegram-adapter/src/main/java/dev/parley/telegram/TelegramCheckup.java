package dev.parley.telegram;

import dev.parley.language.Texts;
import dev.parley.platform.Finding;
import dev.parley.platform.PlatformException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.description.GetMyDescription;
import org.telegram.telegrambots.meta.api.methods.description.GetMyShortDescription;
import org.telegram.telegrambots.meta.api.methods.description.SetMyDescription;
import org.telegram.telegrambots.meta.api.methods.description.SetMyShortDescription;
import org.telegram.telegrambots.meta.api.methods.name.GetMyName;
import org.telegram.telegrambots.meta.api.methods.name.SetMyName;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.methods.updates.GetWebhookInfo;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.WebhookInfo;

/** Looks at a bot as Telegram has it. No finding holds a secret. Confined to one thread. */
public final class TelegramCheckup implements AutoCloseable {
  private static final Duration WRONG_CLOCK = Duration.ofSeconds(30);

  /** Programs ask again within a second or two. */
  private static final Duration LOOK = Duration.ofSeconds(3);

  private static final int CONFLICT = 409;

  /**
   * What people of each language code read before they write. Telegram knows only languages of two
   * letters: Chinese is written both ways.
   */
  private static final Map<String, List<Locale>> LANGUAGES =
      Map.of("", List.of(Locale.ENGLISH), "zh", List.of(Locale.TAIWAN, Locale.CHINA));

  private final TelegramOptions options;
  private final String name;
  private final InstantSource clock;
  private final BotApi api;

  /**
   * Looks at nothing yet.
   *
   * @param name what the assistant calls itself
   */
  public TelegramCheckup(TelegramOptions options, String name, InstantSource clock) {
    this.options = options;
    this.name = name;
    this.clock = clock;
    this.api = new BotApi(options);
  }

  /**
   * Everything worth saying; the first finding tells whether Telegram answers at all.
   *
   * @param alone whether no Parley of one's own asks for updates now: only then it takes a look
   *     whether another program does, some seconds long
   */
  public List<Finding> examine(boolean alone) {
    List<Finding> found = new ArrayList<>();
    try {
      User bot = api.call(new GetMe());
      found.add(good("@" + bot.getUserName() + " answers, the token is right"));
      found.add(privacy(bot));
      found.add(clock());
      WebhookInfo info = api.call(new GetWebhookInfo());
      found.add(webhook(info));
      if (alone && options.webhook().isEmpty() && info.getUrl().isEmpty()) {
        rival().ifPresent(found::add);
      }
      found.add(
          CommandMenu.isSet(api)
              ? good("the list of commands is set")
              : note("the list of commands is not set yet: ./parley does it when it starts."));
      found.add(name());
      found.add(
          isIntroduced()
              ? good("name and description are set in all languages")
              : note(
                  "people read no description of Parley's before they write:"
                      + " ./parley doctor --introduce sets it in three languages."));
    } catch (PlatformException e) {
      found.add(failure(e));
    }
    return found;
  }

  /** Sets name and description in all languages where they are not what they should be. */
  public List<Finding> introduce() {
    try {
      for (String code : List.of("", "zh")) {
        if (!api.call(new GetMyName(code)).getName().equals(name)) {
          api.call(SetMyName.builder().name(name).languageCode(code).build());
        }
        if (!description(code).equals(text("telegram.description", code, "\n\n"))) {
          api.call(
              SetMyDescription.builder()
                  .description(text("telegram.description", code, "\n\n"))
                  .languageCode(code)
                  .build());
        }
        if (!shortDescription(code).equals(text("telegram.short-description", code, "\n"))) {
          api.call(
              SetMyShortDescription.builder()
                  .shortDescription(text("telegram.short-description", code, "\n"))
                  .languageCode(code)
                  .build());
        }
      }
      return List.of();
    } catch (PlatformException e) {
      return List.of(failure(e));
    }
  }

  private Finding failure(PlatformException e) {
    return switch (BotApi.code(e)) {
      case 401, 404 -> problem("the token is not known there: @BotFather shows it under /mybots.");
      case 0 ->
          problem(
              options.api()
                  + " cannot be reached ("
                  + e.getMessage()
                  + "): check the network"
                  + (options.proxy().isPresent() ? ", telegram.proxy" : "")
                  + " and telegram.api.");
      default -> problem(e.getMessage() + ": try again later.");
    };
  }

  private static Finding privacy(User bot) {
    return Boolean.TRUE.equals(bot.getCanReadAllGroupMessages())
        ? good("privacy mode is off: in groups I see every message")
        : note(
            "privacy mode is on: in groups I see only commands, mentions and replies. That's fine"
                + " unless you want *answer all*: @BotFather → /setprivacy → Disable, then re-add"
                + " the bot.");
  }

  private Finding clock() {
    Instant now = clock.instant();
    Duration off =
        api.serverTime().map(there -> Duration.between(there, now)).orElse(Duration.ZERO);
    return off.abs().compareTo(WRONG_CLOCK) <= 0
        ? good("this machine's clock agrees")
        : problem(
            "this machine's clock is %d s %s Telegram's: set it, best by NTP."
                .formatted(off.abs().toSeconds(), off.isNegative() ? "behind" : "ahead of"));
  }

  private Finding webhook(WebhookInfo info) {
    String set = info.getUrl();
    if (options.webhook().isEmpty()) {
      return set.isEmpty()
          ? good("no webhook is set, updates are asked for")
          : note(
              "a webhook to %s is set, so that nothing comes here: ./parley takes it away when it"
                      .formatted(host(set))
                  + " starts. If another program uses this bot, give it one of its own.");
    }
    if (!set.equals(options.webhook().get().url().toString())) {
      return note("the webhook is not set yet: ./parley does it when it starts.");
    }
    return info.getLastErrorMessage() == null
        ? good("the webhook is set, Telegram names no error")
        : note(
            ("the webhook is set; %s updates wait there, and the last error was at %s: %s. Check"
                    + " the proxy that passes requests on.")
                .formatted(
                    info.getPendingUpdatesCount(),
                    Instant.ofEpochSecond(info.getLastErrorDate()),
                    info.getLastErrorMessage().replaceAll("\\p{Cntrl}", " ")));
  }

  /**
   * Telegram ends the older of two requests, so another program is met when it asks again. Confirms
   * nothing, and names no kinds of updates: what it names would hold from then on. Where an update
   * cannot be read, nothing is known.
   */
  private Optional<Finding> rival() {
    try {
      GetUpdates look = new GetUpdates(); // its builder would name an empty list of kinds
      look.setLimit(1);
      look.setTimeout((int) LOOK.toSeconds());
      api.call(look);
      return Optional.of(good("no other program asks for this bot's updates"));
    } catch (PlatformException e) {
      return BotApi.code(e) != CONFLICT
          ? Optional.empty()
          : Optional.of(
              problem(
                  "another program asks for this bot's updates with the same token, and Telegram"
                      + " serves only one: stop it, or give one of the two a bot of its own."));
    }
  }

  /** The path of a webhook is a secret with some programs. */
  private static String host(String url) {
    try {
      return String.valueOf(URI.create(url).getHost());
    } catch (IllegalArgumentException e) {
      return "somewhere";
    }
  }

  private Finding name() throws PlatformException {
    String there = api.call(new GetMyName("")).getName();
    return there.equals(name)
        ? good("the bot's name is " + name)
        : note(
            "people see the bot as \"%s\", and it calls itself \"%s\": set name in the"
                    .formatted(there.replaceAll("\\p{Cntrl}", " "), name)
                + " configuration, or let ./parley doctor --introduce set it at Telegram.");
  }

  private boolean isIntroduced() throws PlatformException {
    // without one of its own, a language is told the one for all
    return !description("").isEmpty()
        && !shortDescription("").isEmpty()
        && !description("zh").equals(description(""))
        && !shortDescription("zh").equals(shortDescription(""));
  }

  private String description(String code) throws PlatformException {
    return api.call(new GetMyDescription(code)).getDescription();
  }

  private String shortDescription(String code) throws PlatformException {
    return api.call(new GetMyShortDescription(code)).getShortDescription();
  }

  private String text(String key, String code, String between) {
    return String.join(
        between,
        LANGUAGES.getOrDefault(code, List.of()).stream()
            .map(language -> Texts.of(language).say(key, name))
            .toList());
  }

  private static Finding good(String text) {
    return Finding.good("Telegram: " + text);
  }

  private static Finding note(String text) {
    return Finding.note("Telegram: " + text);
  }

  private static Finding problem(String text) {
    return Finding.problem("Telegram: " + text);
  }

  @Override
  public void close() {
    api.close();
  }
}
