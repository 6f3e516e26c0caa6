/** The types of a config, taken from its keys. */
import type { Entries, Group, Key } from './key.ts';
import type { Some } from './users.ts';

/** A group as a person writes it. */
export type Written<Keys extends Entries> = Flat<
  { readonly [Name in RequiredOf<Keys>]: WrittenEntry<Keys[Name]> } & {
    readonly [Name in Exclude<keyof Keys, RequiredOf<Keys>>]?: WrittenEntry<Keys[Name]>;
  }
>;

type WrittenEntry<Entry> =
  Entry extends Group<infer Keys, infer _> ? Written<Keys> : Entry extends Key<infer Value, infer _> ? Value : never;

type RequiredOf<Keys extends Entries> = {
  [Name in keyof Keys]: Keys[Name] extends { readonly text: { readonly required: true } } ? Name : never;
}[keyof Keys];

/** A group with every default spelled out; null where there is nothing. */
export type Resolved<Keys extends Entries> = Flat<{ readonly [Name in keyof Keys]: ResolvedEntry<Keys[Name]> }>;

type ResolvedEntry<Entry> =
  Entry extends Group<infer Keys, infer _>
    ? Resolved<Keys>
    : Entry extends Key<infer Value, infer Text>
      ? null extends DefaultOf<Text>
        ? Value | null
        : Value
      : never;

type DefaultOf<Text> = Text extends { readonly usual: infer Default }
  ? Default
  : Text extends { readonly default: infer Default }
    ? Default
    : never;

/** The part of a group that an architecture may have defaults of its own for. */
export type Usual<Keys extends Entries> = Flat<{
  readonly [Name in keyof Keys as HasUsual<Keys[Name]> extends true ? Name : never]: Keys[Name] extends Group<
    infer Inner,
    infer _
  >
    ? Usual<Inner>
    : ResolvedEntry<Keys[Name]>;
}>;

type HasUsual<Entry> =
  Entry extends Group<infer Keys, infer _>
    ? true extends { [Name in keyof Keys]: HasUsual<Keys[Name]> }[keyof Keys]
      ? true
      : false
    : Entry extends { readonly text: { readonly usual: unknown } }
      ? true
      : false;

/** Dotted names of the keys that an architecture uses only if it says so. */
export type NamedKeys<Keys extends Entries, Path extends string = ''> = {
  [Name in keyof Keys & string]: Keys[Name] extends Group<infer Inner, infer _>
    ? NamedKeys<Inner, `${Path}${Name}.`>
    : Keys[Name] extends { readonly text: { readonly usedBy: Some } }
      ? `${Path}${Name}`
      : never;
}[keyof Keys & string];

type Flat<T> = { [Name in keyof T]: T[Name] };
