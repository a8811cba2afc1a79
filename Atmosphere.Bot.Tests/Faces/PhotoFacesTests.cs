using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;

namespace Atmosphere.Bot.Tests.Faces;

public sealed class PhotoFacesTests
{
    [Fact]
    public void Of_two_faces_with_one_name_the_clearly_more_similar_keeps_it() =>
        Assert.Equal([MatchVerdict.Named, MatchVerdict.Uncertain], Verdicts(Named("dana", 97), Named("dana", 93)));

    [Fact]
    public void Two_faces_that_are_about_equally_like_one_person_are_both_uncertain() =>
        Assert.Equal([MatchVerdict.Uncertain, MatchVerdict.Uncertain], Verdicts(Named("dana", 96), Named("dana", 95)));

    [Fact]
    public void Different_persons_do_not_disturb_each_other() =>
        Assert.Equal([MatchVerdict.Named, MatchVerdict.Named], Verdicts(Named("dana", 96), Named("noa", 96)));

    [Fact]
    public void A_face_that_only_resembles_takes_no_name_away() =>
        Assert.Equal([MatchVerdict.Named, MatchVerdict.Uncertain], Verdicts(Named("dana", 96), Named("dana", 95) with { Verdict = MatchVerdict.Uncertain }));

    private static IEnumerable<MatchVerdict> Verdicts(params FaceSearch[] faces) => PhotoFaces.WithoutDoubles(faces).Select(face => face.Verdict);

    private static FaceSearch Named(string person, float similarity) => new([new UserMatch(new PersonId(person), similarity)], MatchVerdict.Named);
}
