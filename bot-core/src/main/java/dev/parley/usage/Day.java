package dev.parley.usage;

import java.time.LocalDate;

/**
 * What was used on a day.
 *
 * @param date as the operator's calendar has it
 */
public record Day(LocalDate date, Totals used) {}
