using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Transcripts;

/// <summary>The files that transcripts attach, made from the sample photos; one folder for the whole test run.</summary>
internal static class TranscriptFiles
{
    private static readonly Lazy<string> _folder = new(Make);

    public static string Folder => _folder.Value;

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".jpg" => "image/jpeg",
        ".pdf" => "application/pdf",
        ".ogg" => "audio/ogg",
        var other => throw new ArgumentException($"Transcripts attach no {other} files.", nameof(name)),
    };

    private static string Make()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "transcript-files");
        Directory.CreateDirectory(folder);
        var encoder = new PhotoEncoder(new ImagingOptions());
        var decoder = new PhotoDecoder(new ImagingOptions());

        // The same woman is in samples 1 and 3; the other one is in sample 6.
        Save("noa-1.jpg", Part("sample3.jpg", 0.53f, 0.08f, 0.2f, 0.36f));
        Save("noa-2.jpg", Part("sample1.jpg", 0.7f, 0.08f, 0.24f, 0.4f));
        Save("noa-3.jpg", Part("sample3.jpg", 0.50f, 0.05f, 0.26f, 0.45f));
        Save("mia.jpg", Part("sample6.jpg", 0.32f, 0.1f, 0.2f, 0.35f));
        Save("four.jpg", Part("sample6.jpg", 0, 0, 1, 1));
        Save("four-again.jpg", Part("sample6.jpg", 0.03f, 0.03f, 0.94f, 0.94f));
        Save("party.jpg", Part("sample2.jpg", 0, 0, 1, 1));
        Save("nobody.jpg", Part("sample3.jpg", 0, 0.6f, 0.2f, 0.4f));
        Save("blurred.jpg", Shaken(Part("sample3.jpg", 0.53f, 0.08f, 0.2f, 0.36f), 7));
        Save("far.jpg", Scaled(Part("sample1.jpg", 0.64f, 0, 0.36f, 1), 0.155f));
        Save("picture.jpg", Part("sample3.jpg", 0, 0, 0.1f, 0.1f));
        File.WriteAllBytes(Path.Combine(folder, "atmosphere.json"), "{}"u8);
        File.WriteAllBytes(Path.Combine(folder, "letter.pdf"), "%PDF-1.4 a letter"u8);
        File.WriteAllBytes(Path.Combine(folder, "voice.ogg"), "OggS a voice"u8);
        File.WriteAllBytes(Path.Combine(folder, "half.jpg"), File.ReadAllBytes(Path.Combine(folder, "noa-1.jpg")).AsSpan(0, 9000));
        return folder;

        Pixels Part(string sample, float x, float y, float width, float height)
        {
            var photo = decoder.Decode(File.ReadAllBytes(Path.Combine(SharedPhotos.Samples, sample)), sample);
            return photo.Crop(new Box(x * photo.Width, y * photo.Height, width * photo.Width, height * photo.Height));
        }

        Pixels Scaled(Pixels photo, float scale) => encoder.Resize(photo, (int)(photo.Width * scale), (int)(photo.Height * scale));

        // A camera that moved to the side while it looked.
        static Pixels Shaken(Pixels photo, int reach)
        {
            var rgb = new byte[photo.Rgb.Length];
            for (var at = 0; at < rgb.Length; at++)
            {
                var (row, x) = (at / 3 / photo.Width, at / 3 % photo.Width);
                var (from, to) = (Math.Max(0, x - reach), Math.Min(photo.Width - 1, x + reach));
                var sum = 0;
                for (var near = from; near <= to; near++)
                    sum += photo.Rgb[(((row * photo.Width) + near) * 3) + (at % 3)];
                rgb[at] = (byte)(sum / (to - from + 1));
            }

            return photo with { Rgb = rgb };
        }

        void Save(string name, Pixels photo) => File.WriteAllBytes(Path.Combine(folder, name), encoder.EncodeJpeg(photo, 92));
    }
}
