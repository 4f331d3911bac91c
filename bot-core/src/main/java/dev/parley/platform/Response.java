package dev.parley.platform;

import java.util.List;
import java.util.Optional;

/**
 * What a command or a button answers with, for the platform to render natively.
 *
 * @param text Markdown; empty where only a form is shown, or nothing
 * @param buttons rows of buttons under the text
 * @param form a form to open
 * @param shortcut a form that does what text and buttons lead to, for a platform that can open one
 *     with several fields at once, instead of showing them
 * @param file a file to hand over
 * @param audience who sees it, where the platform can tell people apart
 */
public record Response(
    String text,
    List<List<Button>> buttons,
    Optional<Form> form,
    Optional<Form> shortcut,
    Optional<OutgoingFile> file,
    Audience audience) {
  /** Who sees a response. */
  public enum Audience {
    CALLER,
    EVERYONE
  }

  public Response {
    buttons = buttons.stream().map(List::copyOf).toList();
  }

  /** Text for the caller alone. */
  public static Response of(String text) {
    return new Response(
        text, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Audience.CALLER);
  }

  /** Nothing to show: the reply itself comes through its own channel. */
  public static Response nothing() {
    return of("");
  }

  public Response withButtons(List<List<Button>> rows) {
    return new Response(text, rows, form, shortcut, file, audience);
  }

  public Response withForm(Form toOpen) {
    return new Response(text, buttons, Optional.of(toOpen), shortcut, file, audience);
  }

  public Response withShortcut(Form instead) {
    return new Response(text, buttons, form, Optional.of(instead), file, audience);
  }

  public Response withFile(OutgoingFile toHandOver) {
    return new Response(text, buttons, form, shortcut, Optional.of(toHandOver), audience);
  }
}
