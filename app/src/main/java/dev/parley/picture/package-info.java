/** Pictures of figures that are shown in chats. Knows no platform and no database. */
@NullMarked
package dev.parley.picture;

import org.jspecify.annotations.NullMarked;
