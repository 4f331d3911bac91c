package dev.parley.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.platform.Form;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.storage.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Forms that people are filling in, one message for each field. Thread-safe. */
final class Forms {
  private final Database database;
  private final ObjectMapper json = new ObjectMapper();

  Forms(Database database) {
    this.database = database;
  }

  /**
   * A form that is half filled in.
   *
   * @param values of the fields before the one that is asked for
   * @param prompt the message that asks for it
   */
  record Open(Form form, Map<String, String> values, int prompt) {
    Open {
      values = Map.copyOf(values);
    }

    Form.Field asked() {
      return form.fields().get(values.size());
    }

    /** With the value of the field that was asked for; the next one is not asked for yet. */
    Open with(String value) {
      Map<String, String> more = new HashMap<>(values);
      more.put(asked().id(), value);
      return new Open(form, more, 0);
    }

    boolean isWhole() {
      return values.size() == form.fields().size();
    }
  }

  /** As it is stored. */
  private record Stored(Form form, Map<String, String> values) {}

  void save(PlaceId place, PersonId person, Open open) {
    String body = write(new Stored(open.form(), open.values()));
    database.update(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO open_form (platform, place, person, form, prompt)
                    VALUES (:platform, :place, :person, :form, :prompt)
                    ON CONFLICT (platform, place, person)
                    DO UPDATE SET form = excluded.form, prompt = excluded.prompt
                    """)
                .bind("platform", place.platform())
                .bind("place", place.id())
                .bind("person", person.id())
                .bind("form", body)
                .bind("prompt", open.prompt())
                .execute());
  }

  Optional<Open> find(PlaceId place, PersonId person) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT form, prompt FROM open_form
                    WHERE platform = :platform AND place = :place AND person = :person
                    """)
                .bind("platform", place.platform())
                .bind("place", place.id())
                .bind("person", person.id())
                .map(
                    (row, context) -> {
                      Stored stored = read(row.getString("form"));
                      return new Open(stored.form(), stored.values(), row.getInt("prompt"));
                    })
                .findOne());
  }

  /**
   * The message that asks for the next field is there; a form that was closed meanwhile stays so.
   */
  void prompted(PlaceId place, PersonId person, int prompt) {
    database.update(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE open_form SET prompt = :prompt
                    WHERE platform = :platform AND place = :place AND person = :person
                    """)
                .bind("prompt", prompt)
                .bind("platform", place.platform())
                .bind("place", place.id())
                .bind("person", person.id())
                .execute());
  }

  /** Returns whether there was one. */
  boolean close(PlaceId place, PersonId person) {
    return database.write(
        handle ->
            handle
                    .createUpdate(
                        """
                        DELETE FROM open_form
                        WHERE platform = :platform AND place = :place AND person = :person
                        """)
                    .bind("platform", place.platform())
                    .bind("place", place.id())
                    .bind("person", person.id())
                    .execute()
                == 1);
  }

  private String write(Stored form) {
    try {
      return json.writeValueAsString(form);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Stored read(String body) {
    try {
      return json.readValue(body, Stored.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored form cannot be read", e);
    }
  }
}
