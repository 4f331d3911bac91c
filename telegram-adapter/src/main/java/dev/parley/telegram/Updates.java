package dev.parley.telegram;

import dev.parley.language.Texts;
import dev.parley.platform.ButtonPress;
import dev.parley.platform.CommandCall;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.FormSubmission;
import dev.parley.platform.Inbox;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.Response;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/** Hands each update to the core. Thread-safe. */
final class Updates {
  private static final String CANCEL = "cancel";

  private final Incoming incoming;
  private final Inbox inbox;
  private final Responses responses;
  private final Panels panels;
  private final Forms forms;

  Updates(Incoming incoming, Inbox inbox, Responses responses, Panels panels, Forms forms) {
    this.incoming = incoming;
    this.inbox = inbox;
    this.responses = responses;
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
    if (message.getFrom() == null || message.getFrom().getIsBot()) {
      return;
    }
    Responses.To to =
        to(message, message.getFrom(), Optional.of(message.getMessageId()), "update-" + updateId);
    Optional<Incoming.Command> command = incoming.command(message);
    if (command.isPresent()) {
      command(to, command.get());
    } else if (!Incoming.isCommand(message) && !fillIn(to, message)) {
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

  private void command(Responses.To to, Incoming.Command command) {
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
            new CommandCall(to.nonce(), to.place(), to.person(), command.name(), options)));
  }

  private void press(CallbackQuery query) {
    if (!(query.getMessage() instanceof Message message) || query.getData() == null) {
      // too old for Telegram to say which message it was, or in which place of its chat
      Locale locale = Incoming.locale(query.getFrom().getLanguageCode());
      responses.toast(query, Texts.of(locale).say("button.old"));
      return;
    }
    Responses.To to = to(message, query.getFrom(), Optional.empty(), "press-" + query.getId());
    Optional<PersonId> owner = panels.owner(to.chat(), message.getMessageId());
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

  private Responses.To to(Message message, User user, Optional<Integer> replyTo, String nonce) {
    Chat chat = Incoming.chat(message);
    Place place = Incoming.place(message);
    Person person = incoming.person(user, chat);
    return new Responses.To(chat, place, person, replyTo, nonce);
  }
}
