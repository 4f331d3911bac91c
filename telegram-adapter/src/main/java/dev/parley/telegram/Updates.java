package dev.parley.telegram;

import dev.parley.language.Texts;
import dev.parley.platform.ButtonPress;
import dev.parley.platform.CommandCall;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.FormSubmission;
import dev.parley.platform.Inbox;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Response;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/** Hands each update to the core. Thread-safe. */
final class Updates {
  private static final String CANCEL = "cancel";

  private final Incoming incoming;
  private final Inbox inbox;
  private final Responses responses;
  private final KnownMessages known;
  private final Panels panels;
  private final Forms forms;

  Updates(
      Incoming incoming,
      Inbox inbox,
      Responses responses,
      KnownMessages known,
      Panels panels,
      Forms forms) {
    this.incoming = incoming;
    this.inbox = inbox;
    this.responses = responses;
    this.known = known;
    this.panels = panels;
    this.forms = forms;
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
    Optional<Person> author = incoming.speakers().author(message);
    if (author.isEmpty() || !inbox.hears(author.get(), Incoming.place(message))) {
      return;
    }
    Responses.To to =
        to(message, author.get(), Optional.of(message.getMessageId()), "update-" + updateId);
    Optional<Incoming.Command> command = incoming.command(message);
    if (command.isPresent()) {
      command(to, command.get(), incoming.speakers().subject(message));
    } else if (!Incoming.isCommand(message) && !fillIn(to, message)) {
      String text = incoming.text(message);
      if (!text.isEmpty()) {
        inbox.message(incoming.question(updateId, message, to.person(), text));
      }
    }
  }

  private void edited(int updateId, Message message) {
    Optional<Person> author = incoming.speakers().author(message);
    if (author.isPresent()) {
      String text = incoming.text(message);
      if (!text.isEmpty() && !Incoming.isCommand(message)) {
        inbox.edited(incoming.question(updateId, message, author.get(), text));
      }
    }
  }

  private void command(Responses.To to, Incoming.Command command, Optional<Person> subject) {
    boolean wasFillingIn = forms.close(to.place().id(), to.person().id());
    if (command.name().equals(CANCEL)) {
      String key = wasFillingIn ? "form.cancelled" : "form.nothing";
      responses.show(to, Response.of(inbox.texts(to.person(), to.place()).say(key)));
      return;
    }
    Optional<CommandDefinition> definition =
        inbox.commands().stream().filter(d -> d.name().equals(command.name())).findFirst();
    if (definition.isEmpty() && !to.chat().isPrivate()) {
      return; // in a group it may be another bot's
    }
    Map<String, String> options = definition.map(d -> d.read(command.text())).orElse(Map.of());
    responses.show(
        to,
        inbox.command(
            new CommandCall(
                to.nonce(), to.place(), to.person(), command.name(), options, subject)));
  }

  private void press(CallbackQuery query) {
    if (!(query.getMessage() instanceof Message message) || query.getData() == null) {
      // too old for Telegram to say which message it was, or in which place of its chat
      Locale locale = Speakers.locale(query.getFrom().getLanguageCode());
      responses.toast(query, Texts.of(locale).say("button.old"));
      return;
    }
    Optional<PersonId> owner = panels.owner(Incoming.chat(message), message.getMessageId());
    Person presser = incoming.speakers().presser(query.getFrom(), message, owner);
    Responses.To to = to(message, presser, Optional.empty(), "press-" + query.getId());
    if (!inbox.hears(presser, to.place())) {
      responses.toast(query, inbox.texts(presser, to.place()).say("access.blocked"));
      return;
    }
    if (owner.isPresent() && !owner.get().equals(to.person().id())) {
      responses.toast(query, inbox.texts(to.person(), to.place()).say("button.not-this"));
      return;
    }
    Response response =
        inbox.press(
            new ButtonPress(
                to.nonce(),
                to.place(),
                to.person(),
                Integer.toString(message.getMessageId()),
                query.getData()));
    if (owner.isPresent()) {
      responses.toast(query, "");
      responses.replace(to, message.getMessageId(), response);
    } else {
      responses.popUp(to, query, response);
    }
  }

  /** Takes a message as the value of a field; returns whether it was one. */
  private boolean fillIn(Responses.To to, Message message) {
    Optional<Forms.Open> found = forms.find(to.place().id(), to.person().id());
    String value = Incoming.words(message);
    if (found.isEmpty() || value.isEmpty()) {
      return false;
    }
    Forms.Open open = found.get();
    boolean meant =
        to.chat().isPrivate() || Incoming.replyTo(message).equals(Optional.of(open.prompt()));
    if (!meant) {
      return false;
    }
    Forms.Open more = open.with(value);
    if (!more.isWhole()) {
      responses.ask(to, more);
      return true;
    }
    Response response =
        inbox.submit(
            new FormSubmission(
                to.nonce(), to.place(), to.person(), open.form().id(), more.values()));
    forms.close(to.place().id(), to.person().id());
    responses.show(to, response); // which may ask again
    return true;
  }

  private static Responses.To to(
      Message message, Person person, Optional<Integer> replyTo, String nonce) {
    return new Responses.To(
        Incoming.chat(message), Incoming.place(message), person, replyTo, nonce);
  }
}
