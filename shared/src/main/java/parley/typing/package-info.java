/**
 * Who types: told to the others who have the conversation open, and forgotten. It is of the moment:
 * not stored, not in {@code /sync}, and no statement of Postgres is needed for it; joining a
 * conversation asked there who takes part, and a {@link parley.circle.Circle} knows of blocks.
 */
@NullMarked
package parley.typing;

import org.jspecify.annotations.NullMarked;
