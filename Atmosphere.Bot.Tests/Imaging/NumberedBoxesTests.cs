using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Imaging.Drawing;

namespace Atmosphere.Bot.Tests.Imaging;

public class NumberedBoxesTests
{
    private static readonly Box[] Faces = [new(60, 60, 80, 100), new(240, 70, 70, 90), new(380, 300, 60, 80)];

    [Fact]
    public void Every_face_gets_a_line_around_it_and_stays_visible_inside()
    {
        var photo = Grey();

        var marked = NumberedBoxes.Draw(photo, Faces);

        foreach (var face in Faces)
        {
            Assert.NotEqual(90, At(marked, (int)face.Centre.X, (int)face.Bottom));
            Assert.NotEqual(90, At(marked, (int)face.Right, (int)face.Centre.Y));
            Assert.Equal(90, At(marked, (int)face.Centre.X, (int)face.Centre.Y));
        }
    }

    [Fact]
    public void The_photo_itself_is_not_changed()
    {
        var photo = Grey();

        _ = NumberedBoxes.Draw(photo, Faces);

        Assert.All(photo.Rgb, value => Assert.Equal(90, value));
    }

    [Fact]
    public void The_same_box_with_another_number_looks_different()
    {
        // The seventh has the first one's colour, so only the number can tell them apart.
        var first = NumberedBoxes.Draw(Grey(), [Faces[0]]);
        var seventh = NumberedBoxes.Draw(Grey(), [.. Enumerable.Repeat(new Box(400, 400, 80, 100), 6), Faces[0]]);

        Assert.NotEqual(first.Crop(new Box(30, 30, 60, 60)).Rgb, seventh.Crop(new Box(30, 30, 60, 60)).Rgb);
    }

    [Fact]
    public void Faces_smaller_than_a_number_are_not_hidden_by_it()
    {
        var crowd = Enumerable.Range(0, 12).Select(index => new Box(40 + (index % 6 * 75), 120 + (index / 6 * 90), 10, 12)).ToList();

        var marked = NumberedBoxes.Draw(Grey(), crowd);

        Assert.All(crowd, face => Assert.Equal(90, At(marked, (int)face.Centre.X, (int)face.Centre.Y)));
    }

    [Fact]
    public void Boxes_over_the_edge_and_tiny_photos_are_drawn_as_far_as_they_go()
    {
        var marked = NumberedBoxes.Draw(Grey(), [new(-30, -30, 100, 100), new(480, 480, 300, 300), new(900, 900, 10, 10)]);
        var tiny = NumberedBoxes.Draw(DrawnPhotos.Draw(5, 4, (_, _) => (90, 90, 90)), [new(1, 1, 2, 2)]);
        var none = NumberedBoxes.Draw(Grey(), []);

        Assert.Equal((500, 500), (marked.Width, marked.Height));
        Assert.Equal((5, 4), (tiny.Width, tiny.Height));
        Assert.Equal(Grey().Rgb, none.Rgb);
    }

    private static Pixels Grey() => DrawnPhotos.Draw(500, 500, (_, _) => (90, 90, 90));

    private static int At(Pixels pixels, int x, int y) =>
        pixels.Rgb.AsSpan(((y * pixels.Width) + x) * 3, 3).ToArray().Select(value => (int)value).MaxBy(value => Math.Abs(value - 90));
}
