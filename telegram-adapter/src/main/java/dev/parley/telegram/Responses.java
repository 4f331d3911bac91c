package dev.parley.telegram;

import dev.parley.format.FormattedText;
import dev.parley.format.Markdown;
import dev.parley.format.MessageSplitter;
import dev.parley.language.Texts;
import dev.parley.platform.Button;
import dev.parley.platform.Form;
import dev.parley.platform.Inbox;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.Person;
import dev.parley.platform.Place;
import dev.parley.platform.PlatformException;
import dev.parley.platform.Response;
import dev.parley.storage.DatabaseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.AnswerCallbackQuery;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.ForceReplyKeyboard;

/** Shows what commands, presses and forms are answered with. Thread-safe. */
final class Responses {
  private static final Logger log = LoggerFactory.getLogger(Responses.class);

  private final MessageSplitter splitter =
      new MessageSplitter(Limits.MESSAGE_LENGTH, text -> text.text().length());

  private final BotApi api;
  private final Outbox outbox;
  private final Panels panels;
  private final Forms forms;
  private final Inbox inbox;

  Responses(BotApi api, Outbox outbox, Panels panels, Forms forms, Inbox inbox) {
    this.api = api;
    this.outbox = outbox;
    this.panels = panels;
    this.forms = forms;
    this.inbox = inbox;
  }

  /**
   * Who is answered, and where.
   *
   * @param message theirs, to reply to in a group
   * @param nonce the same whenever the same event is answered
   */
  record To(Chat chat, Place place, Person person, Optional<Integer> message, String nonce) {}

  /** As messages of its own. */
  void show(To to, Response response) {
    try {
      List<FormattedText> parts = splitter.split(Markdown.format(response.text()));
      for (int i = 0; i < parts.size(); i++) {
        boolean last = i == parts.size() - 1;
        post(to, parts.get(i), last ? response.buttons() : List.of(), i);
      }
      if (response.file().isPresent()) {
        handOver(to, response.file().get(), parts.size());
      }
      if (response.form().isPresent()) {
        ask(to, new Forms.Open(response.form().get(), Map.of(), 0));
      }
    } catch (PlatformException | DatabaseException e) { // what it answers was done, once
      log.warn("An answer could not be shown: {}", e.getMessage());
    }
  }

  private void handOver(To to, OutgoingFile file, int part) throws PlatformException {
    try {
      outbox.file(to.chat, file);
    } catch (PlatformException e) {
      log.warn("A file of {} bytes could not be sent: {}", file.content().length, e.getMessage());
      if (!file.otherwise().isEmpty()) {
        post(to, Markdown.format(file.otherwise()), List.of(), part);
      }
    }
  }

  /** Only the first part replies to what is answered. */
  private void post(To to, FormattedText text, List<List<Button>> buttons, int part)
      throws PlatformException {
    Optional<Integer> replyTo = to.chat.isPrivate() || part > 0 ? Optional.empty() : to.message;
    String nonce = part == 0 ? to.nonce : to.nonce + "-" + part;
    panels.post(
        to.chat,
        to.person.id(),
        () -> outbox.insist(() -> outbox.post(to.chat, replyTo, text, buttons, nonce)));
  }

  /** In the place of the panel whose button was pressed. */
  void replace(To to, int panel, Response response) {
    FormattedText text = Markdown.format(response.text());
    try {
      if (!text.isEmpty()) {
        outbox.insist(
            () -> {
              outbox.edit(to.chat, panel, text, response.buttons());
              return panel;
            });
      }
    } catch (PlatformException | DatabaseException e) {
      log.warn("A panel could not be changed: {}", e.getMessage());
    }
    show(
        to,
        new Response(
            "",
            List.of(),
            response.form(),
            Optional.empty(),
            response.file(),
            response.audience()));
  }

  /** Beside the message whose button was pressed, which stays as it is. */
  void popUp(To to, CallbackQuery query, Response response) {
    String text = Markdown.format(response.text()).text();
    boolean fits =
        text.length() <= Limits.TOAST_LENGTH
            && response.buttons().isEmpty()
            && response.file().isEmpty();
    toast(query, fits ? text : "");
    if (!fits || response.form().isPresent()) {
      show(to, response);
    }
  }

  /** Ends the waiting of whoever pressed a button; an empty text shows nothing. */
  void toast(CallbackQuery query, String text) {
    try {
      AnswerCallbackQuery answer =
          AnswerCallbackQuery.builder().callbackQueryId(query.getId()).text(text).build();
      outbox.insist(() -> api.call(answer));
    } catch (PlatformException e) { // after some minutes it is too late
      log.debug("A press could not be answered: {}", e.getMessage());
    }
  }

  /** Asks for the next field of a form. */
  void ask(To to, Forms.Open open) {
    Form.Field field = open.asked();
    Texts texts = inbox.texts(to.person, to.place);
    StringBuilder words =
        new StringBuilder("**").append(Markdown.escape(field.label())).append("**");
    if (!field.value().isEmpty()) {
      words.append("\n\n> ").append(Markdown.escape(field.value()).replace("\n", "\n> "));
    }
    words.append("\n\n").append(texts.say("form.how"));
    ForceReplyKeyboard force =
        ForceReplyKeyboard.builder().forceReply(true).selective(!to.chat.isPrivate()).build();
    forms.save(to.place.id(), to.person.id(), open); // before there is anything to answer
    try {
      int prompt =
          outbox.insist(
              () ->
                  outbox.post(
                      to.chat,
                      to.message,
                      Markdown.format(words.toString()),
                      force,
                      to.nonce + "-form-" + open.values().size()));
      forms.prompted(to.place.id(), to.person.id(), prompt);
    } catch (PlatformException | DatabaseException e) {
      log.warn("A form could not be asked for: {}", e.getMessage());
    }
  }
}
