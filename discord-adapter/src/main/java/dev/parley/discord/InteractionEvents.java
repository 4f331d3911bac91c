package dev.parley.discord;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.ButtonPress;
import dev.parley.platform.CommandCall;
import dev.parley.platform.Form;
import dev.parley.platform.FormSubmission;
import dev.parley.platform.Inbox;
import dev.parley.platform.IncomingMessage;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.PlatformException;
import dev.parley.platform.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.Channel;
import net.dv8tion.jda.api.events.interaction.GenericInteractionCreateEvent;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.CommandAutoCompleteInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.MessageContextInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.UserContextInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.GenericComponentInteractionCreateEvent;
import net.dv8tion.jda.api.events.interaction.component.StringSelectInteractionEvent;
import net.dv8tion.jda.api.interactions.Interaction;
import net.dv8tion.jda.api.interactions.InteractionContextType;
import net.dv8tion.jda.api.interactions.callbacks.IReplyCallback;
import net.dv8tion.jda.api.interactions.commands.OptionMapping;
import net.dv8tion.jda.api.interactions.modals.ModalMapping;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.jspecify.annotations.Nullable;

/** Hands commands, presses and forms to the core. Thread-safe. */
final class InteractionEvents {
  private static final String ASK = "ask";
  private static final String QUESTION = "question";

  /** The form in which somebody asks about a message. */
  private static final String ABOUT = "about-message";

  private static final Duration FORM_OPEN = Duration.ofMinutes(15);
  private static final int MOST_OPEN = 10_000;

  private final Inbox inbox;
  private final Incoming incoming;
  private final Locales locales;
  private final Interactions open;
  private final Rest rest;
  private final Responses responses = new Responses();
  private final InstantSource clock;

  /** The messages that people ask about, until they have written their question. */
  private final Cache<String, Message> subjects =
      Caffeine.newBuilder().expireAfterWrite(FORM_OPEN).maximumSize(MOST_OPEN).build();

  InteractionEvents(
      Inbox inbox,
      Incoming incoming,
      Locales locales,
      Interactions open,
      Rest rest,
      InstantSource clock) {
    this.inbox = inbox;
    this.incoming = incoming;
    this.locales = locales;
    this.open = open;
    this.rest = rest;
    this.clock = clock;
  }

  private static final String NEW = "new";

  /** What is about the questions that commands ask, which may have a place of their own. */
  private static final Set<String> ABOUT_QUESTIONS = Set.of(ASK, NEW, "history");

  /** Who did something, and where. */
  private record Where(Person person, Place place, String eventId) {
    boolean isQuiet() {
      return QuietPlace.is(place.id());
    }

    /** What leads back to this person here. */
    CustomId.Prefix panel() {
      return CustomId.panel(person.id(), isQuiet());
    }

    Where at(Place other) {
      return new Where(person, other, eventId);
    }
  }

  void take(GenericInteractionCreateEvent event) {
    Where where = where(event.getInteraction());
    if (event instanceof IReplyCallback callback
        && !inbox.hears(where.person, where.place, wanted(event))) {
      Acknowledgement answer =
          Acknowledgement.of(rest, callback, AnswerType.DEFERRED_MESSAGE, true);
      responses.show(callback, answer, where.panel(), blocked(where), true);
      return;
    }
    switch (event) {
      case SlashCommandInteractionEvent command -> command(command, where);
      case MessageContextInteractionEvent menu -> aboutMessage(menu, where);
      case UserContextInteractionEvent menu -> aboutPerson(menu, where);
      case ButtonInteractionEvent button -> press(button, where, button.getComponentId());
      case StringSelectInteractionEvent menu -> choose(menu, where);
      case ModalInteractionEvent form -> submit(form, where);
      case CommandAutoCompleteInteractionEvent typing -> complete(typing, where);
      default -> {} // of no command that Parley has
    }
  }

  private Where where(Interaction event) {
    @Nullable Guild guild = event.getGuild();
    Locale locale = event.getUserLocale().toLocale();
    locales.put(event.getUser().getIdLong(), locale);
    Person person = incoming.person(event.getUser(), event.getMember(), locale, guild);
    @Nullable Channel channel = event.getChannel();
    if (channel == null) { // of a private chat between others
      PlaceId id = Incoming.place(event.getChannelIdLong());
      return new Where(
          person,
          new Place(id, Place.Kind.GROUP, Optional.empty(), ""),
          Interactions.eventId(event.getIdLong()));
    }
    List<Place> places = Incoming.places(channel, guild);
    places.subList(0, places.size() - 1).forEach(inbox::visit);
    return new Where(person, places.getLast(), Interactions.eventId(event.getIdLong()));
  }

  /** Whether the bot itself is not where this happens: then it can only answer. */
  private static boolean isAbsent(Interaction event) {
    return event.getContext() == InteractionContextType.PRIVATE_CHANNEL
        || (event.getGuild() != null && event.getGuild().isDetached());
  }

  /** Where a command is about: beside the place itself where only its caller is answered there. */
  private Where around(Where where, String command) {
    boolean quiet =
        where.place.kind() != Place.Kind.PRIVATE
            && ABOUT_QUESTIONS.contains(command)
            && inbox.answersQuietly(where.place);
    return quiet ? beside(where) : where;
  }

  private Where beside(Where where) {
    inbox.visit(where.place);
    return where.at(QuietPlace.beside(where.place, where.person.id()));
  }

  private void command(SlashCommandInteractionEvent event, Where there) {
    Where where = around(there, event.getName());
    Map<String, String> options =
        event.getOptions().stream()
            .collect(Collectors.toMap(OptionMapping::getName, OptionMapping::getAsString));
    CommandCall call =
        new CommandCall(where.eventId, where.place, where.person, event.getName(), options);
    if (event.getName().equals(ASK)) {
      asking(event, where, () -> inbox.command(call));
      return;
    }
    Acknowledgement answer =
        Acknowledgement.of(rest, event, AnswerType.DEFERRED_MESSAGE, isQuiet(where));
    if (where.isQuiet() && event.getName().equals(NEW)) { // in both
      inbox.command(new CommandCall(there.eventId, there.place, there.person, NEW, options));
    }
    Response response = inbox.command(call);
    responses.show(event, answer, where.panel(), response, false);
  }

  /** In private nobody is to be spared, and what only they see is soon gone. */
  private static boolean isQuiet(Where where) {
    return where.place.kind() != Place.Kind.PRIVATE;
  }

  /** Does what is answered by a reply, which comes by itself, or by a few words at once. */
  private void asking(IReplyCallback event, Where where, Supplier<Response> ask) {
    boolean quiet = where.isQuiet();
    Acknowledgement answer = Acknowledgement.of(rest, event, AnswerType.DEFERRED_MESSAGE, quiet);
    try {
      answer.defer();
    } catch (PlatformException e) {
      return; // whoever asked sees that it was too late, and asks again
    }
    open.begin(where.eventId, event.getToken(), isAbsent(event), quiet);
    Response response = ask.get();
    if (!response.text().isEmpty()) {
      responses.show(event, answer, where.panel(), response, true);
    }
  }

  /** The name of a command, or the core's id of a button or form; empty for what is neither. */
  private static String wanted(GenericInteractionCreateEvent event) {
    return switch (event) {
      case SlashCommandInteractionEvent command -> command.getName();
      case ButtonInteractionEvent button -> CustomId.read(button.getComponentId()).id();
      case StringSelectInteractionEvent menu -> String.join("", menu.getValues());
      case ModalInteractionEvent form -> CustomId.read(form.getModalId()).id();
      default -> "";
    };
  }

  private Response blocked(Where where) {
    return Response.of(inbox.whyNot(where.person, where.place));
  }

  private void aboutMessage(MessageContextInteractionEvent event, Where there) {
    Where where = around(there, ASK);
    Optional<ContextMenu> menu = ContextMenu.of(event.getName());
    if (menu.equals(Optional.of(ContextMenu.SUMMARISE))) {
      String task = inbox.texts(where.person, where.place).say("menu.summarise.task");
      asking(event, where, () -> ask(where, task, event.getTarget()));
    } else {
      subjects.put(where.eventId, event.getTarget());
      Acknowledgement answer = Acknowledgement.of(rest, event, AnswerType.DEFERRED_MESSAGE, true);
      Form form =
          new Form(
              ABOUT + ":" + where.eventId,
              inbox.texts(where.person, where.place).say("menu.ask"),
              List.of(
                  new Form.Field(
                      QUESTION,
                      inbox.texts(where.person, where.place).say("option.question"),
                      "",
                      Limits.FIELD_LENGTH)));
      responses.show(event, answer, where.panel(), Response.nothing().withForm(form), false);
    }
  }

  private Response ask(Where where, String text, Message subject) {
    inbox.ask(
        new IncomingMessage(
            where.eventId,
            where.place,
            where.person,
            where.eventId,
            text,
            Optional.empty(),
            true,
            List.of(Incoming.quotation(subject)),
            incoming.attachments(subject),
            clock.instant()));
    return Response.nothing();
  }

  private void aboutPerson(UserContextInteractionEvent event, Where where) {
    boolean block = ContextMenu.of(event.getName()).equals(Optional.of(ContextMenu.BLOCK));
    Person subject =
        incoming.person(event.getTarget(), event.getTargetMember(), null, event.getGuild());
    Acknowledgement answer = Acknowledgement.of(rest, event, AnswerType.DEFERRED_MESSAGE, true);
    Response response =
        inbox.command(
            new CommandCall(
                where.eventId,
                where.place,
                where.person,
                "access",
                block
                    ? Map.of("action", "block")
                    : Map.of("action", "unblock", "person", subject.id().id()),
                block ? Optional.of(subject) : Optional.empty()));
    responses.show(event, answer, where.panel(), response, false);
  }

  private void choose(StringSelectInteractionEvent event, Where where) {
    CustomId menu = CustomId.read(event.getComponentId());
    String chosen = event.getValues().isEmpty() ? "" : event.getValues().getFirst();
    CustomId.Prefix prefix =
        menu.owner().map(owner -> CustomId.panel(owner, menu.quiet())).orElseGet(CustomId::answer);
    press(event, where, prefix.of(chosen));
  }

  private void press(GenericComponentInteractionCreateEvent event, Where there, String customId) {
    CustomId id = CustomId.read(customId);
    boolean ofQuietAnswer = event.getMessage().isEphemeral() && id.interaction().isPresent();
    Where where = ofQuietAnswer || id.quiet() ? beside(there) : there;
    Optional<PersonId> owner = id.owner();
    Acknowledgement answer = Acknowledgement.of(rest, event, AnswerType.DEFERRED_CHANGE, false);
    if (owner.isPresent() && !owner.get().equals(where.person.id())) {
      String words = inbox.texts(where.person, where.place).say("button.not-this");
      responses.show(event, answer, where.panel(), Response.of(words), true);
      return;
    }
    boolean quiet = where.isQuiet();
    if (isAbsent(event) || quiet) { // whatever it leads to is said by this
      open.begin(where.eventId, event.getToken(), isAbsent(event), quiet);
      id.interaction()
          .ifPresent(first -> open.begin(first, event.getToken(), isAbsent(event), quiet));
    }
    Response response =
        inbox.press(
            new ButtonPress(
                where.eventId, where.place, where.person, event.getMessageId(), id.id()));
    if (owner.isPresent()) {
      responses.replace(event, answer, where.panel(), response);
    } else {
      responses.show(event, answer, where.panel(), response, false);
    }
  }

  private void submit(ModalInteractionEvent event, Where there) {
    Map<String, String> values = new HashMap<>();
    for (ModalMapping value : event.getValues()) {
      values.put(value.getCustomId(), value.getAsString());
    }
    CustomId id = CustomId.read(event.getModalId());
    String form = id.id();
    Where where = id.quiet() ? beside(there) : there;
    if (form.startsWith(ABOUT)) {
      askedAbout(event, where, form, values.getOrDefault(QUESTION, "").strip());
      return;
    }
    Acknowledgement answer =
        Acknowledgement.of(rest, event, AnswerType.DEFERRED_MESSAGE, isQuiet(where));
    Response response =
        inbox.submit(new FormSubmission(where.eventId, where.place, where.person, form, values));
    responses.show(event, answer, where.panel(), response, true);
  }

  private void askedAbout(ModalInteractionEvent event, Where where, String form, String question) {
    @Nullable Message subject = subjects.getIfPresent(form.substring(ABOUT.length() + 1));
    if (subject == null || question.isEmpty()) {
      Acknowledgement answer = Acknowledgement.of(rest, event, AnswerType.DEFERRED_MESSAGE, true);
      String key = subject == null ? "button.old" : "ask.empty";
      Response response = Response.of(inbox.texts(where.person, where.place).say(key));
      responses.show(event, answer, where.panel(), response, true);
    } else {
      asking(event, where, () -> ask(where, question, subject));
    }
  }

  private void complete(CommandAutoCompleteInteractionEvent event, Where there) {
    Where where = around(there, event.getName());
    Map<String, String> options =
        event.getOptions().stream()
            .collect(Collectors.toMap(OptionMapping::getName, OptionMapping::getAsString));
    CommandCall soFar =
        new CommandCall(where.eventId, where.place, where.person, event.getName(), options);
    DataArray choices = DataArray.empty();
    inbox.complete(soFar, event.getFocusedOption().getName()).stream()
        .filter(found -> !found.label().isBlank() && found.value().length() <= Limits.CHOICE_LENGTH)
        .limit(Limits.CHOICES)
        .forEach(
            found ->
                choices.add(
                    DataObject.empty()
                        .put("name", Payloads.cut(found.label(), Limits.CHOICE_LENGTH))
                        .put("value", found.value())));
    try {
      Acknowledgement.of(rest, event, AnswerType.CHOICES, false)
          .answer(AnswerType.CHOICES, DataObject.empty().put("choices", choices));
    } catch (PlatformException e) { // whoever types goes on typing
      return;
    }
  }
}
