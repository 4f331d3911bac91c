package dev.parley.platform;

import java.util.Locale;

/**
 * A person as the platform describes them with every event.
 *
 * @param id their id
 * @param name what others see, data without any meaning; may change at any time
 * @param locale the platform's language for them
 * @param placeAdmin whether the platform lets them manage the place the event came from
 */
public record Person(PersonId id, String name, Locale locale, boolean placeAdmin) {}
