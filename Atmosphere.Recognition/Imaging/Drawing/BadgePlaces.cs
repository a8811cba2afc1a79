using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Imaging.Drawing;

/// <summary>Places the number of each face at its box, where it covers the least of the faces and no other number.</summary>
internal static class BadgePlaces
{
    /// <summary>Bonus for a corner of the box: a badge there may cover this share of the face and still be preferred.</summary>
    private const float CornerIsWorth = 0.15f;

    private const float HidesANumber = 10;

    /// <param name="photo">All badges stay inside it.</param>
    /// <param name="frames">The face boxes.</param>
    /// <param name="numbers">Rendered width of each number, pixels.</param>
    /// <param name="sizes">Sizes of badges and lines.</param>
    public static IReadOnlyList<Box> Choose(Pixels photo, IReadOnlyList<Box> frames, IReadOnlyList<float> numbers, MarkSizes sizes)
    {
        var chosen = new List<Box>();
        for (var index = 0; index < frames.Count; index++)
        {
            var width = Math.Max(sizes.Badge, numbers[index] + (sizes.Badge * 0.55f));
            var places = OnCorners(frames[index], width, sizes.Badge).Select(place => (Place: Inside(photo, place), Extra: 0f))
                .Concat(Beside(frames[index], width, sizes).Select(place => (Place: Inside(photo, place), Extra: CornerIsWorth)));
            chosen.Add(places.MinBy(candidate => candidate.Extra
                + frames.Sum(face => candidate.Place.Intersection(face) / Math.Max(1, face.Area))
                + chosen.Sum(other => HidesANumber * candidate.Place.Intersection(other) / other.Area)).Place);
        }

        return chosen;
    }

    private static IEnumerable<Box> OnCorners(Box box, float width, float height)
    {
        var (x, y) = (box.X - (width / 2), box.Y - (height / 2));
        return
        [
            new(x, y, width, height),
            new(x + box.Width, y, width, height),
            new(x, y + box.Height, width, height),
            new(x + box.Width, y + box.Height, width, height),
        ];
    }

    /// <summary>Candidates for faces smaller than a readable number: outside the box and touching it, above first.</summary>
    private static IEnumerable<Box> Beside(Box box, float width, MarkSizes sizes)
    {
        var height = sizes.Badge;
        var gap = (sizes.Line + sizes.Halo) / 2;
        var (x, y) = (box.Centre.X - (width / 2), box.Centre.Y - (height / 2));
        return
        [
            new(x, box.Y - gap - height, width, height),
            new(x, box.Bottom + gap, width, height),
            new(box.X - gap - width, y, width, height),
            new(box.Right + gap, y, width, height),
        ];
    }

    private static Box Inside(Pixels photo, Box badge) => badge with
    {
        X = Math.Max(0, Math.Min(badge.X, photo.Width - badge.Width)),
        Y = Math.Max(0, Math.Min(badge.Y, photo.Height - badge.Height)),
    };
}
