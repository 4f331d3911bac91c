package dev.parley.command;

import dev.parley.chat.Announcements;
import dev.parley.chat.Answering;
import dev.parley.chat.Chat;
import dev.parley.chat.Languages;
import dev.parley.chat.Profile;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.History;
import dev.parley.conversation.MessageSearch;
import dev.parley.conversation.MessageTree;
import dev.parley.conversation.ThoughtStore;
import dev.parley.format.Markdown;
import dev.parley.language.Texts;
import dev.parley.learning.ComparisonStore;
import dev.parley.learning.ConsentStore;
import dev.parley.learning.Trainer;
import dev.parley.learning.VersionRatings;
import dev.parley.learning.VersionStore;
import dev.parley.learning.VersionedModel;
import dev.parley.moderation.CaseStore;
import dev.parley.moderation.Moderator;
import dev.parley.person.BlockList;
import dev.parley.person.InstructionsStore;
import dev.parley.person.Operators;
import dev.parley.person.People;
import dev.parley.person.Places;
import dev.parley.platform.ButtonPress;
import dev.parley.platform.CommandCall;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Completion;
import dev.parley.platform.FormSubmission;
import dev.parley.platform.Person;
import dev.parley.platform.Place;
import dev.parley.platform.Platform;
import dev.parley.platform.Response;
import dev.parley.privacy.Erasure;
import dev.parley.privacy.KeptStore;
import dev.parley.privacy.PersonExport;
import dev.parley.privacy.PlaceExport;
import dev.parley.queue.GenerationQueue;
import dev.parley.rating.RatingStore;
import dev.parley.reply.LastDay;
import dev.parley.reply.ReplyStore;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.usage.UsageStore;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** All commands and what else has buttons, found by name. Thread-safe. */
public final class Commands {
  private final Chat chat;
  private final Languages languages;
  private final Map<String, Command> byName = new LinkedHashMap<>();
  private final Map<String, ButtonHandler> buttons = new HashMap<>();

  /**
   * @param platforms by name
   */
  public Commands(
      Chat chat,
      People people,
      Languages languages,
      Answering answering,
      Announcements announcements,
      ConversationStore conversations,
      MessageTree tree,
      ThoughtStore thoughts,
      History history,
      MessageSearch search,
      ReplyStore replies,
      RatingStore ratings,
      Settings settings,
      InstructionsStore instructions,
      Places places,
      BlockList blocked,
      Moderator moderator,
      CaseStore cases,
      UsageStore usage,
      LastDay lastDay,
      KeptStore kept,
      PersonExport export,
      PlaceExport placeExport,
      Erasure erasure,
      ConsentStore consents,
      ComparisonStore comparisons,
      Map<String, Platform> platforms,
      GenerationQueue queue,
      VersionedModel model,
      VersionStore versions,
      VersionRatings versionRatings,
      Trainer trainer,
      Upkeep upkeep,
      Pictures pictures,
      Operators operators,
      Profile profile,
      InstantSource clock) {
    this.chat = chat;
    this.languages = languages;
    SettingsPanel panel = new SettingsPanel(settings, new SettingValues(profile.personas()));
    NotYours notYours = new NotYours(people, conversations, tree);
    List.of(
            new AskCommand(chat, clock),
            new NewCommand(conversations),
            new HistoryCommand(
                conversations, tree, history, search, answering, profile.zone(), clock),
            new UndoCommand(conversations, tree, answering),
            new StopCommand(answering, notYours),
            new RegenerateCommand(
                conversations, tree, replies, answering, chat.admission(), notYours),
            new ContinueCommand(
                conversations, tree, replies, answering, chat.admission(), notYours),
            new InstructionsCommand(instructions),
            new PreferencesCommand(settings, panel),
            new QueueCommand(answering),
            new UsageCommand(usage, chat.admission(), platforms, pictures),
            new PrivacyCommand(
                kept,
                export,
                placeExport,
                erasure,
                consents,
                settings,
                answering,
                model,
                platforms,
                profile,
                clock),
            new HelpCommand("start", profile.name(), this::definitions, places, operators),
            new HelpCommand("help", profile.name(), this::definitions, places, operators),
            new AboutCommand(model, profile.name()),
            new SettingsCommand(settings, panel, places, platforms, profile.name()),
            new AccessCommand(blocked, people, places, settings, usage),
            new ModerationCommand(
                cases, moderator, people, places, operators, languages, answering),
            new OperatorCommand(
                operators,
                model,
                versions,
                trainer,
                new OperatorPanel(
                    model,
                    versions,
                    versionRatings,
                    queue,
                    usage,
                    lastDay,
                    pictures,
                    trainer,
                    profile.name()),
                List.of(
                    new OperatorBackup(upkeep),
                    new OperatorLogLevel(upkeep),
                    new OperatorQueue(queue),
                    new OperatorUsers(usage, chat.admission(), settings, platforms),
                    new OperatorAnnouncement(announcements, clock))))
        .forEach(command -> byName.put(command.definition().name(), command));
    buttons.putAll(byName);
    buttons.put(
        RatingButtons.NAME, new RatingButtons(tree, ratings, settings, operators, notYours));
    buttons.put(CompareButtons.NAME, new CompareButtons(comparisons, tree, answering, notYours));
    buttons.put(ThoughtButton.NAME, new ThoughtButton(tree, thoughts, platforms, notYours));
  }

  /** What platforms show and complete, in the order of importance. */
  public List<CommandDefinition> definitions() {
    return byName.values().stream().map(Command::definition).toList();
  }

  /**
   * Whether something concerns what is kept of whoever wants it.
   *
   * @param what the name of a command, or the id of a button or form
   */
  public static boolean isAboutOwnData(String what) {
    List<String> words = words(what);
    return words.getFirst().equals(PrivacyCommand.NAME)
        || (words.getFirst().equals(PreferencesCommand.NAME)
            && Words.get(words, 1).equals(Setting.KEEP_DAYS.key()));
  }

  /** In the language a person reads in a place. */
  public Texts texts(Person person, Place place) {
    chat.meet(person, place);
    return languages.of(person.id(), place.id());
  }

  public Response run(CommandCall call) {
    Asker asker = asker(call.caller(), call.place(), call.eventId(), call.subject());
    Command command = byName.get(call.command());
    return command == null
        ? asker.say("command.unknown", Markdown.escape(call.command()))
        : command.run(asker, call.options());
  }

  /**
   * Values for an option: its choices, or what the command finds; those that hold what is typed.
   */
  public Stream<Completion> complete(CommandCall soFar, String option) {
    Command command = byName.get(soFar.command());
    if (command == null) {
      return Stream.empty();
    }
    Asker asker = asker(soFar.caller(), soFar.place(), soFar.eventId(), Optional.empty());
    String typed = soFar.options().getOrDefault(option, "").strip().toLowerCase(Locale.ROOT);
    Stream<Completion> choices =
        command.definition().options().stream()
            .filter(candidate -> candidate.name().equals(option))
            .flatMap(candidate -> candidate.choices().stream())
            .map(Completion::of);
    return Stream.concat(choices, command.complete(asker, soFar.options(), option))
        .filter(found -> holds(found.value(), typed) || holds(found.label(), typed));
  }

  private static boolean holds(String text, String typed) {
    return text.toLowerCase(Locale.ROOT).contains(typed);
  }

  public Response press(ButtonPress press) {
    Asker asker = asker(press.presser(), press.place(), press.eventId(), Optional.empty());
    return byId(asker, press.buttonId(), (handler, words) -> handler.press(asker, words));
  }

  public Response submit(FormSubmission form) {
    Asker asker = asker(form.sender(), form.place(), form.eventId(), Optional.empty());
    return byId(
        asker, form.formId(), (handler, words) -> handler.submit(asker, words, form.values()));
  }

  private Response byId(
      Asker asker, String id, BiFunction<ButtonHandler, List<String>, Response> then) {
    List<String> words = words(id);
    ButtonHandler handler = buttons.get(words.getFirst());
    return handler == null
        ? asker.say("button.old")
        : then.apply(handler, words.subList(1, words.size()));
  }

  private static List<String> words(String id) {
    return Arrays.asList(id.split(":", -1));
  }

  private Asker asker(Person person, Place place, String eventId, Optional<Person> subject) {
    Texts texts = texts(person, place);
    return new Asker(person, place, chat.owner(person.id(), place.id()), texts, eventId, subject);
  }
}
