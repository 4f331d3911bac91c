package dev.parley.platform;

/**
 * One user of one platform.
 *
 * @param platform the platform's name, such as {@code telegram}
 * @param id the platform's own id, never a nickname
 */
public record PersonId(String platform, String id) {
  public PersonId {
    Ids.check(platform, id);
  }
}
