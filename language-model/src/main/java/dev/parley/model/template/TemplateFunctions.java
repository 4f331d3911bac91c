package dev.parley.model.template;

import com.hubspot.jinjava.objects.date.StrftimeFormatter;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;

/** What transformers adds to Jinja for chat templates; jinjava calls them by reflection. */
public final class TemplateFunctions {
  private TemplateFunctions() {}

  /** Ends the rendering with the template's own words. */
  public static String raiseException(String message) {
    throw new TemplateException(message);
  }

  /** Today's date and time in a format of C's strftime. */
  public static String strftimeNow(String format) {
    return StrftimeFormatter.format(
        ZonedDateTime.now(ZoneId.systemDefault()), format, Locale.ENGLISH);
  }
}
