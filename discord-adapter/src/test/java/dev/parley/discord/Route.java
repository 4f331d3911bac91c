package dev.parley.discord;

import java.util.ArrayList;
import java.util.List;

/**
 * A request's method and path.
 *
 * @param name both, the path as Discord's description writes it
 * @param parameters what stands for the names in braces
 */
record Route(String name, List<String> parameters) {
  private static final List<String> KNOWN =
      List.of(
          "/gateway/bot",
          "/users/@me",
          "/users/@me/channels",
          "/users/@me/guilds",
          "/users/{user_id}",
          "/guilds/{guild_id}/members/{user_id}",
          "/applications/@me",
          "/applications/{application_id}/commands",
          "/applications/{application_id}/commands/{command_id}",
          "/interactions/{interaction_id}/{interaction_token}/callback",
          "/webhooks/{webhook_id}/{webhook_token}",
          "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
          "/channels/{channel_id}/typing",
          "/channels/{channel_id}/messages",
          "/channels/{channel_id}/messages/{message_id}",
          "/channels/{channel_id}/messages/{message_id}/threads");

  static Route of(String method, String path) {
    for (String known : KNOWN) {
      List<String> parameters = new ArrayList<>();
      String[] want = known.split("/", -1);
      String[] have = path.split("/", -1);
      boolean same = want.length == have.length;
      for (int i = 0; same && i < want.length; i++) {
        if (want[i].startsWith("{")) {
          parameters.add(have[i]);
        } else {
          same = want[i].equals(have[i]);
        }
      }
      if (same) {
        return new Route(method + " " + known, parameters);
      }
    }
    return new Route(method + " " + path, List.of());
  }

  String method() {
    return name.substring(0, name.indexOf(' '));
  }

  String described() {
    return name.substring(name.indexOf(' ') + 1);
  }

  String parameter(int i) {
    return parameters.get(i);
  }

  long id(int i) {
    return Long.parseLong(parameters.get(i));
  }

  /** Whether its body is in the description. */
  boolean isDescribed() {
    return (method().equals("POST") || method().equals("PATCH"))
        && !described().endsWith("/typing");
  }

  /** Interactions are not limited. */
  boolean isLimited() {
    return described().startsWith("/channels/");
  }

  /** What is limited together: a method of a path in a channel. */
  String bucket() {
    return name + " " + (parameters.isEmpty() ? "" : parameters.getFirst());
  }
}
