package dev.parley.discord;

import dev.parley.format.FormattedText;
import dev.parley.format.Markdown;
import dev.parley.format.MessageSplitter;
import dev.parley.platform.Form;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.PlatformException;
import dev.parley.platform.Response;
import java.util.List;
import net.dv8tion.jda.api.interactions.InteractionContextType;
import net.dv8tion.jda.api.interactions.callbacks.IReplyCallback;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what commands, presses and forms are answered with. Thread-safe. */
final class Responses {
  private static final Logger log = LoggerFactory.getLogger(Responses.class);
  private static final int LABEL = 18;
  private static final int TEXT_INPUT = 4;
  private static final int PARAGRAPH = 2;
  private static final int DESCRIPTION_LENGTH = 100;

  private final MessageSplitter splitter =
      new MessageSplitter(Limits.MESSAGE_LENGTH, text -> DiscordMarkdown.of(text).length());

  /**
   * Shows a response as a message of its own.
   *
   * @param panel what its buttons lead back to
   * @param isForm whether it answers a form, after which no other one can be opened
   */
  void show(
      IReplyCallback event,
      Acknowledgement answer,
      CustomId.Prefix panel,
      Response response,
      boolean isForm) {
    try {
      boolean everyone = isForEveryone(event, response);
      if (!isForm && response.shortcut().isPresent()) {
        answer.answer(AnswerType.FORM, form(response.shortcut().get(), panel));
      } else if (!isForm && response.form().isPresent()) {
        answer.answer(AnswerType.FORM, form(response.form().get(), panel));
      } else if (response.text().isEmpty() && response.file().isEmpty()) {
        answer.nothing();
      } else {
        messages(answer, panel, response, everyone);
      }
      file(answer, response, everyone);
    } catch (PlatformException e) { // what it answers was done, once
      log.warn("An answer could not be shown: {}", e.getMessage());
    }
  }

  /** In the place of the panel whose button was pressed. */
  void replace(
      IReplyCallback event, Acknowledgement answer, CustomId.Prefix panel, Response response) {
    try {
      if (response.form().isPresent()) {
        answer.answer(AnswerType.FORM, form(response.form().get(), panel));
      } else if (response.text().isEmpty()) {
        answer.defer();
      } else {
        List<FormattedText> parts = splitter.split(Markdown.format(response.text()));
        DataObject message = Payloads.message(parts.getFirst(), response.buttons(), panel);
        answer.answer(AnswerType.CHANGE, message);
      }
      file(answer, response, isForEveryone(event, response));
    } catch (PlatformException e) {
      log.warn("A panel could not be changed: {}", e.getMessage());
    }
  }

  /** In private nobody is to be spared, and what only one person sees is soon gone. */
  private static boolean isForEveryone(IReplyCallback event, Response response) {
    return response.audience() == Response.Audience.EVERYONE
        || event.getContext() == InteractionContextType.BOT_DM;
  }

  private void messages(
      Acknowledgement answer, CustomId.Prefix panel, Response response, boolean everyone)
      throws PlatformException {
    List<FormattedText> parts = splitter.split(Markdown.format(response.text()));
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      DataObject message =
          Payloads.message(parts.get(i), last ? response.buttons() : List.of(), panel);
      answer.answer(AnswerType.MESSAGE, visible(message, everyone));
    }
    if (parts.isEmpty()) {
      answer.defer();
    }
  }

  private static void file(Acknowledgement answer, Response response, boolean everyone)
      throws PlatformException {
    if (response.file().isEmpty()) {
      return;
    }
    OutgoingFile file = response.file().get();
    try {
      answer.file(file, visible(DataObject.empty(), everyone));
    } catch (PlatformException e) {
      log.warn("A file of {} bytes could not be sent: {}", file.content().length, e.getMessage());
      if (!file.otherwise().isEmpty()) {
        FormattedText words = Markdown.format(file.otherwise());
        DataObject message = Payloads.message(words, List.of(), CustomId.answer());
        answer.answer(AnswerType.MESSAGE, visible(message, everyone));
      }
    }
  }

  private static DataObject visible(DataObject message, boolean everyone) {
    return everyone ? message : Payloads.ephemeral(message);
  }

  private static DataObject form(Form form, CustomId.Prefix panel) {
    DataArray fields = DataArray.empty();
    for (Form.Field field : form.fields()) {
      int most = Math.min(field.maxLength(), Limits.FIELD_LENGTH);
      DataObject input =
          DataObject.empty()
              .put("type", TEXT_INPUT)
              .put("custom_id", field.id())
              .put("style", PARAGRAPH)
              .put("max_length", most)
              .put("required", false);
      if (!field.value().isEmpty()) {
        input.put("value", Payloads.cut(field.value(), most));
      }
      DataObject label =
          DataObject.empty()
              .put("type", LABEL)
              .put("label", Payloads.cut(field.label(), Limits.FIELD_LABEL_LENGTH))
              .put("component", input);
      if (field.label().length() > Limits.FIELD_LABEL_LENGTH) {
        label.put("description", Payloads.cut(field.label(), DESCRIPTION_LENGTH));
      }
      fields.add(label);
    }
    return DataObject.empty()
        .put("custom_id", panel.of(form.id()))
        .put("title", Payloads.cut(form.title(), Limits.FIELD_LABEL_LENGTH))
        .put("components", fields);
  }
}
