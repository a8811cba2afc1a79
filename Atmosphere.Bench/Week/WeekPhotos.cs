using Atmosphere.Bot.Console.Accuracy;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bench.Week;

/// <summary>
/// Makes many group photos from a few labelled ones by cropping, mirroring, shrinking and recompressing, reproducibly by seed.
/// </summary>
/// <param name="labels">The file that says who is in which photo.</param>
/// <param name="seed">What is drawn by lot comes from it.</param>
internal sealed class WeekPhotos(string labels, int seed, PhotoDecoder decoder, PhotoEncoder encoder)
{
    // Less of a face than this is not looked for in the photo that was cut.
    private const float Whole = 0.98f;

    private static readonly int[] _sides = [1024, 1280, 1600];

    private readonly IReadOnlyList<LabelledPhoto> _photos = Lists.Group(labels);

    /// <summary>Everybody who is named in the labels.</summary>
    public IReadOnlyList<string> Persons =>
        [.. _photos.SelectMany(photo => photo.Faces).Select(face => face.Person).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <param name="number">From 0; the originals come in turn, each time drawn anew.</param>
    public WeekPhoto Make(int number)
    {
        var random = new Random((seed * 1_000_003) + number);
        var source = _photos[Order(number / _photos.Count)[number % _photos.Count]];
        var pixels = decoder.Decode(File.ReadAllBytes(Lists.Photo(labels, source)), source.File, 2048);
        var scale = (float)pixels.Width / source.Width;
        var faces = source.Faces.Index()
            .Where(face => face.Item.Box is not null)
            .Select(face => (Identity: face.Item.Person ?? $"{source.File}#{face.Index}", face.Item.Person, Box: Scaled(face.Item.Box!, scale)))
            .ToList();

        var cut = Cut(random, pixels.Width, pixels.Height, [.. faces.Select(face => face.Box)]);
        pixels = pixels.Crop(cut);
        var mirrored = random.Next(2) == 0;
        if (mirrored)
            pixels = Mirror(pixels);
        var side = _sides[random.Next(_sides.Length)];
        var shrink = Math.Min(1, (float)side / Math.Max(pixels.Width, pixels.Height));
        var jpeg = encoder.EncodeJpeg(shrink < 1 ? encoder.Resize(pixels, Round(pixels.Width * shrink), Round(pixels.Height * shrink)) : pixels, 60 + random.Next(31));

        var seen = new List<TrueFace>();
        foreach (var (identity, person, box) in faces)
        {
            var inside = box.Intersection(cut) / box.Area;
            var x = mirrored ? cut.Right - box.Right : box.X - cut.X;
            seen.Add(new TrueFace(identity, person, new Box(x * shrink, (box.Y - cut.Y) * shrink, box.Width * shrink, box.Height * shrink), inside >= Whole));
        }

        return new WeekPhoto($"week-{number}", jpeg, [.. seen.Where(face => face.Box.Right > 0 && face.Box.Bottom > 0)]);
    }

    /// <summary>Each round through the originals has an order of its own.</summary>
    private int[] Order(int round)
    {
        var order = Enumerable.Range(0, _photos.Count).ToArray();
        new Random((seed * 7_919) + round).Shuffle(order);
        return order;
    }

    /// <summary>A part of at least six tenths of each side, with some face in it.</summary>
    private static Box Cut(Random random, int width, int height, IReadOnlyList<Box> faces)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var (w, h) = (Round(width * (0.6f + (0.4f * random.NextSingle()))), Round(height * (0.6f + (0.4f * random.NextSingle()))));
            var cut = new Box(random.Next(width - w + 1), random.Next(height - h + 1), w, h);
            if (faces.Any(face => face.Intersection(cut) / face.Area >= Whole))
                return cut;
        }

        return new Box(0, 0, width, height);
    }

    private static Pixels Mirror(Pixels pixels)
    {
        var rgb = new byte[pixels.Rgb.Length];
        var row = pixels.Width * 3;
        for (var y = 0; y < pixels.Height; y++)
        {
            for (var x = 0; x < pixels.Width; x++)
                pixels.Rgb.AsSpan((y * row) + (x * 3), 3).CopyTo(rgb.AsSpan((y * row) + ((pixels.Width - 1 - x) * 3), 3));
        }

        return pixels with { Rgb = rgb };
    }

    private static Box Scaled(IReadOnlyList<float> box, float scale) => new(box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale);

    private static int Round(float side) => Math.Max(1, (int)MathF.Round(side));
}

/// <param name="Id">The sender's id of the message.</param>
/// <param name="Jpeg">The file.</param>
/// <param name="Faces">The persons in it, as far as the labels say.</param>
internal sealed record WeekPhoto(string Id, byte[] Jpeg, IReadOnlyList<TrueFace> Faces);

/// <param name="Identity">Who it is: the label, or the place in its photo of somebody without one.</param>
/// <param name="Person">The label; null: a stranger.</param>
/// <param name="Box">Pixels of the photo.</param>
/// <param name="IsWhole">No part of it was cut off.</param>
internal sealed record TrueFace(string Identity, string? Person, Box Box, bool IsWhole);
