package dev.parley.telegram;

import dev.parley.format.FormattedText;
import dev.parley.format.Markdown;
import dev.parley.language.Texts;
import dev.parley.platform.ButtonPress;
import dev.parley.platform.CommandCall;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Form;
import dev.parley.platform.FormSubmission;
import dev.parley.platform.Inbox;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlatformException;
import dev.parley.platform.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.AnswerCallbackQuery;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.ForceReplyKeyboard;

/** Hands each update to the core and shows what it answers. Thread-safe. */
final class Updates {
  private static final Logger log = LoggerFactory.getLogger(Updates.class);
  private static final String CANCEL = "cancel";

  private final BotApi api;
  private final Outbox outbox;
  private final KnownMessages known;
  private final Panels panels;
  private final Forms forms;
  private final Incoming incoming;
  private final Inbox inbox;
  private final List<CommandDefinition> commands;

  Updates(
      BotApi api,
      Outbox outbox,
      KnownMessages known,
      Panels panels,
      Forms forms,
      Incoming incoming,
      Inbox inbox,
      List<CommandDefinition> commands) {
    this.api = api;
    this.outbox = outbox;
    this.known = known;
    this.panels = panels;
    this.forms = forms;
    this.incoming = incoming;
    this.inbox = inbox;
    this.commands = commands;
  }

  void handle(Update update) {
    if (update.hasCallbackQuery()) {
      press(update.getCallbackQuery());
    } else if (update.hasMessage()) {
      message(update.getUpdateId(), update.getMessage());
    } else if (update.hasEditedMessage()) {
      edited(update.getUpdateId(), update.getEditedMessage());
    }
  }

  private void message(int updateId, Message message) {
    known.add(Incoming.chat(message), message.getMessageId());
    if (message.getFrom() == null || message.getFrom().getIsBot()) {
      return;
    }
    Optional<Incoming.Command> command = incoming.command(message);
    if (command.isPresent()) {
      command(updateId, message, command.get());
    } else if (!Incoming.isCommand(message) && !fillIn(updateId, message)) {
      String text = incoming.text(message);
      if (!text.isEmpty()) {
        inbox.message(incoming.question(updateId, message, text));
      }
    }
  }

  private void edited(int updateId, Message message) {
    if (message.getFrom() != null && !message.getFrom().getIsBot()) {
      String text = incoming.text(message);
      if (!text.isEmpty() && !Incoming.isCommand(message)) {
        inbox.edited(incoming.question(updateId, message, text));
      }
    }
  }

  private void command(int updateId, Message message, Incoming.Command command) {
    Chat chat = Incoming.chat(message);
    Place place = Incoming.place(message);
    Person person = incoming.person(message.getFrom(), chat);
    boolean wasFillingIn = forms.close(place.id(), person.id());
    if (command.name().equals(CANCEL)) {
      say(
          chat,
          message,
          person,
          Texts.of(person.locale()).say(wasFillingIn ? "form.cancelled" : "form.nothing"));
      return;
    }
    boolean exists = commands.stream().anyMatch(known -> known.name().equals(command.name()));
    if (!exists && !chat.isPrivate()) {
      return; // in a group it may be another bot's
    }
    Map<String, String> options = options(command);
    Response response =
        inbox.command(
            new CommandCall("update-" + updateId, place, person, command.name(), options));
    show(chat, Optional.of(message.getMessageId()), place, person, response, "update-" + updateId);
  }

  /** What follows a command goes to its options in order, the last one takes the rest. */
  private Map<String, String> options(Incoming.Command command) {
    return commands.stream()
        .filter(definition -> definition.name().equals(command.name()))
        .findFirst()
        .map(definition -> definition.read(command.text()))
        .orElse(Map.of());
  }

  private void press(CallbackQuery query) {
    if (!(query.getMessage() instanceof Message message) || query.getData() == null) {
      toast(query, Texts.of(Incoming.locale(query.getFrom().getLanguageCode())).say("button.old"));
      return;
    }
    Chat chat = Incoming.chat(message);
    Place place = Incoming.place(message);
    Person person = incoming.person(query.getFrom(), chat);
    Optional<PersonId> owner = panels.owner(chat, message.getMessageId());
    if (owner.isPresent() && !owner.get().equals(person.id())) {
      toast(query, Texts.of(person.locale()).say("button.not-this"));
      return;
    }
    Response response =
        inbox.press(
            new ButtonPress(
                "press-" + query.getId(),
                place,
                person,
                Integer.toString(message.getMessageId()),
                query.getData()));
    FormattedText text = Markdown.format(response.text());
    if (owner.isEmpty()
        && !text.isEmpty()
        && text.text().length() <= Limits.TOAST_LENGTH
        && response.buttons().isEmpty()
        && response.file().isEmpty()) {
      toast(query, text.text());
      return;
    }
    toast(query, "");
    try {
      if (owner.isPresent() && !text.isEmpty()) {
        outbox.edit(chat, message.getMessageId(), text, response.buttons());
        show(
            chat, Optional.empty(), place, person, withoutText(response), "press-" + query.getId());
      } else {
        show(chat, Optional.empty(), place, person, response, "press-" + query.getId());
      }
    } catch (PlatformException e) {
      log.warn("The answer to a press could not be shown: {}", e.getMessage());
    }
  }

  private static Response withoutText(Response response) {
    return new Response("", List.of(), response.form(), response.file(), response.audience());
  }

  private void toast(CallbackQuery query, String text) {
    try {
      api.call(
          AnswerCallbackQuery.builder()
              .callbackQueryId(query.getId())
              .text(text.substring(0, Math.min(text.length(), Limits.TOAST_LENGTH)))
              .build());
    } catch (PlatformException e) {
      log.debug(
          "A press could not be answered: {}", e.getMessage()); // after a minute it is too late
    }
  }

  private void show(
      Chat chat,
      Optional<Integer> replyTo,
      Place place,
      Person person,
      Response response,
      String nonce) {
    try {
      FormattedText text = Markdown.format(response.text());
      if (!text.isEmpty()) {
        int message =
            outbox.post(
                chat,
                chat.isPrivate() ? Optional.empty() : replyTo,
                text,
                response.buttons(),
                nonce);
        panels.add(chat, message, person.id());
      }
      if (response.file().isPresent()) {
        outbox.file(chat, response.file().get());
      }
      if (response.form().isPresent()) {
        ask(
            chat,
            replyTo,
            place,
            person,
            new Forms.Open(response.form().get(), Map.of(), 0),
            nonce);
      }
    } catch (PlatformException e) {
      log.warn("The answer to a command could not be shown: {}", e.getMessage());
    }
  }

  /** Asks for the next field of a form. */
  private void ask(
      Chat chat,
      Optional<Integer> replyTo,
      Place place,
      Person person,
      Forms.Open open,
      String nonce)
      throws PlatformException {
    Form.Field field = open.asked();
    Texts texts = Texts.of(person.locale());
    StringBuilder words =
        new StringBuilder("**").append(Markdown.escape(field.label())).append("**");
    if (!field.value().isEmpty()) {
      words.append("\n\n> ").append(Markdown.escape(field.value()).replace("\n", "\n> "));
    }
    words.append("\n\n").append(texts.say("form.how"));
    ForceReplyKeyboard force =
        ForceReplyKeyboard.builder().forceReply(true).selective(!chat.isPrivate()).build();
    forms.save(place.id(), person.id(), open); // before there is anything to answer
    int prompt =
        outbox.post(
            chat,
            replyTo,
            Markdown.format(words.toString()),
            force,
            nonce + "-form-" + open.values().size());
    forms.prompted(place.id(), person.id(), prompt);
  }

  /** Takes a message as the value of a field; returns whether it was one. */
  private boolean fillIn(int updateId, Message message) {
    Chat chat = Incoming.chat(message);
    Place place = Incoming.place(message);
    Person person = incoming.person(message.getFrom(), chat);
    Optional<Forms.Open> found = forms.find(place.id(), person.id());
    String value = Incoming.words(message);
    if (found.isEmpty() || value.isEmpty()) {
      return false;
    }
    Forms.Open open = found.get();
    boolean meant =
        chat.isPrivate() || Incoming.replyTo(message).equals(Optional.of(open.prompt()));
    if (!meant) {
      return false;
    }
    Forms.Open more = open.with(value, open.prompt());
    String nonce = "update-" + updateId;
    if (!more.isWhole()) {
      try {
        ask(chat, Optional.of(message.getMessageId()), place, person, more, nonce);
      } catch (PlatformException e) {
        log.warn("A form could not go on: {}", e.getMessage());
      }
      return true;
    }
    Response response =
        inbox.submit(new FormSubmission(nonce, place, person, open.form().id(), more.values()));
    if (value.length() <= open.asked().maxLength()) {
      forms.close(place.id(), person.id());
    }
    show(chat, Optional.of(message.getMessageId()), place, person, response, nonce);
    return true;
  }

  private void say(Chat chat, Message to, Person person, String words) {
    show(
        chat,
        Optional.of(to.getMessageId()),
        Incoming.place(to),
        person,
        Response.of(words),
        "said-" + to.getMessageId() + "-" + chat.id());
  }
}
