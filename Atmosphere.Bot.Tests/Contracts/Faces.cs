using System.Text;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Tests.Contracts;

/// <summary>Vectors that stand for faces: the same name gives the same vector, two names give strangers.</summary>
internal static class Faces
{
    private const int Length = 128;

    public static Embedding Of(string name)
    {
        // A hash that does not change from run to run.
        var seed = Encoding.UTF8.GetBytes(name).Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));
        return Random(new Random(seed));
    }

    /// <summary>A vector at the given distance (0..1.4); the same name leads into the same direction.</summary>
    public static Embedding Near(Embedding face, float distance, string towards = "aside")
    {
        var aside = Of(towards);
        var shared = Dot(face, aside);
        var direction = Embedding.FromValues(Combine(aside, 1, face, -shared)); // at a right angle to the face
        var cosine = 1 - (distance * distance / 2);
        return Embedding.FromValues(Combine(face, cosine, direction, MathF.Sqrt(1 - (cosine * cosine))));
    }

    public static Embedding Random(Random random) =>
        Embedding.FromValues(Enumerable.Range(0, Length).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray());

    private static float Dot(Embedding a, Embedding b) => Enumerable.Range(0, Length).Sum(i => a.Values[i] * b.Values[i]);

    private static float[] Combine(Embedding a, float ofA, Embedding b, float ofB) =>
        [.. Enumerable.Range(0, Length).Select(i => (a.Values[i] * ofA) + (b.Values[i] * ofB))];
}
