import { Tag, assertEqual } from "lunatic";

@test
function freshTagsBeginBehindTheSpecialOnes(): void {
  assertEqual(Tag.fresh().id, 129);
  assertEqual(Tag.fresh().id, 130);
}

@test
function tagsAreEqualByTheirNumber(): void {
  const tag = Tag.fresh();
  assert(tag == new Tag(tag.id));
  assert(tag != Tag.fresh());
  assert(tag.equals(new Tag(tag.id)));
  assertEqual(Tag.none().id, 0);
}

@test
function theTagsOfAProgramAreThoseFrom64To128(): void {
  assertEqual(Tag.special(64).id, 64);
  assertEqual(Tag.special(128).id, 128);
}

@test
@shouldPanic("a special tag is a number from 64 to 128")
function otherTagsAreNotSpecial(): void {
  Tag.special(129);
}
