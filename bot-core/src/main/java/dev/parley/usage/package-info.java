/** What people used, per person, place and day. Knows no queue. */
@NullMarked
package dev.parley.usage;

import org.jspecify.annotations.NullMarked;
