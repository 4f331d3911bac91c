package dev.parley.discord;

import dev.parley.format.FormattedText;
import dev.parley.platform.Button;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import dev.parley.platform.ReplyChannel;
import java.time.InstantSource;
import java.util.List;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * A reply to a command: the first part becomes its answer, the others are ordinary messages, or
 * follow-ups where only those can be: where the bot itself is not, and where only the caller shall
 * see it. What has to be changed after a quarter of an hour is changed as the bot's own message.
 * Confined to one thread at a time.
 */
final class InteractionChannel implements ReplyChannel {
  private static final String ORIGINAL = "@original";

  private final Rest rest;
  private final Interactions.Open interaction;
  private final InstantSource clock;

  /** How ordinary messages go, for what does not go by the interaction. */
  private final DiscordChannel ordinary;

  private boolean begun;

  InteractionChannel(
      Rest rest, Interactions.Open interaction, DiscordChannel ordinary, InstantSource clock) {
    this.rest = rest;
    this.interaction = interaction;
    this.ordinary = ordinary;
    this.clock = clock;
  }

  /** Discord shows that the bot is thinking. */
  @Override
  public void typing() {}

  @Override
  public int length(FormattedText text) {
    return ordinary.length(text);
  }

  private boolean isOver() {
    return !clock.instant().isBefore(interaction.begun().plus(Limits.INTERACTION));
  }

  @Override
  public boolean takesFiles() {
    return true;
  }

  /** Where the bot itself is not, Discord takes the answer and five messages after it. */
  @Override
  public int mostMessages() {
    return interaction.absent() ? 1 + Limits.FOLLOW_UPS : ordinary.mostMessages();
  }

  @Override
  public String post(FormattedText text, List<List<Button>> buttons, String nonce)
      throws PlatformException {
    if (!begun && !isOver()) {
      try {
        String message = Rest.id(change(ORIGINAL, text, buttons));
        begun = true;
        return message;
      } catch (PlatformException e) {
        if (e.kind() != Kind.GONE || interaction.isAlone()) {
          throw e;
        }
      }
    }
    begun = true;
    return interaction.isAlone() ? followUp(text, buttons) : ordinary.post(text, buttons, nonce);
  }

  private String followUp(FormattedText text, List<List<Button>> buttons) throws PlatformException {
    DataObject message = message(text, buttons);
    return Rest.id(
        rest.call(
            Route.Interactions.CREATE_FOLLOWUP.compile(application(), interaction.token()),
            interaction.quiet() ? Payloads.ephemeral(message) : message));
  }

  private DataObject change(String message, FormattedText text, List<List<Button>> buttons)
      throws PlatformException {
    return rest.call(route(message), message(text, buttons).put("attachments", DataArray.empty()));
  }

  private Route.CompiledRoute route(String message) throws PlatformException {
    return Route.Interactions.EDIT_FOLLOWUP.compile(application(), interaction.token(), message);
  }

  /** Its buttons lead back to the interaction where nothing else reaches the message. */
  private DataObject message(FormattedText text, List<List<Button>> buttons) {
    return Payloads.message(
        text,
        buttons,
        interaction.isAlone() ? CustomId.answer(interaction.id()) : CustomId.answer());
  }

  private String application() throws PlatformException {
    return rest.client().getSelfUser().getApplicationId();
  }

  @Override
  public void edit(String messageId, FormattedText text, List<List<Button>> buttons)
      throws PlatformException {
    begun = true;
    if (interaction.isAlone()) {
      change(messageId, text, buttons);
    } else {
      ordinary.edit(messageId, text, buttons);
    }
  }

  @Override
  public void attach(
      String messageId, FormattedText text, List<List<Button>> buttons, OutgoingFile file)
      throws PlatformException {
    begun = true;
    if (interaction.isAlone()) {
      rest.call(route(messageId), Payloads.withFile(message(text, buttons), file), file);
    } else {
      ordinary.attach(messageId, text, buttons, file);
    }
  }

  @Override
  public void startOver() {
    ordinary.startOver();
  }

  @Override
  public void delete(String messageId) throws PlatformException {
    if (!interaction.isAlone()) {
      ordinary.delete(messageId);
      return;
    }
    try {
      rest.call(
          Route.Interactions.DELETE_FOLLOWUP.compile(application(), interaction.token(), messageId),
          null);
    } catch (PlatformException e) {
      if (e.kind() != Kind.GONE) {
        throw e;
      }
    }
  }

  @Override
  public void finished(boolean answered) {
    ordinary.finished(answered);
  }
}
