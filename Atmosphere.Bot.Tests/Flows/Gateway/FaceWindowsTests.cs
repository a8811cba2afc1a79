using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Photos;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Atmosphere.Bot.Tests.Flows.Gateway;

public sealed class FaceWindowsTests
{
    [Theory]
    [InlineData(10.4f, 20.6f, 30f, 40f, 10, 21, 30, 40)]
    [InlineData(-15f, -5f, 30f, 40f, 0, 0, 15, 35)]
    [InlineData(1590f, 1190f, 30f, 40f, 1590, 1190, 10, 10)]
    [InlineData(1700f, 1300f, 30f, 40f, 1599, 1199, 1, 1)]
    [InlineData(-90f, 50f, 30f, 40f, 0, 50, 1, 40)]
    [InlineData(50.2f, 50.2f, 0.1f, 0.1f, 50, 50, 1, 1)]
    public void The_crop_is_the_box_inside_the_photo_and_never_empty(float x, float y, float width, float height, int left, int top, int wide, int high) =>
        Assert.Equal(new Box(left, top, wide, high), FaceWindows.Rectangle(new Box(x, y, width, height), 1600, 1200));

    [Theory]
    [InlineData(750, 500, 500, 375)] // in the middle
    [InlineData(0, 0, 0, 0)] // moved, not shrunk
    [InlineData(1500, 1100, 1000, 750)]
    [InlineData(1590, 10, 1000, 0)]
    public void The_window_is_moved_into_the_photo(int x, int y, int left, int top)
    {
        var window = FaceWindows.ZoomIn(new Box(x, y, 100, 200), 1600, 1200);

        Assert.Equal((600, 450), (window.Width, window.Height));
        Assert.Equal((left, top), (window.X, window.Y));
    }

    [Theory]
    [InlineData(599, 2000)]
    [InlineData(600, 400)]
    [InlineData(1, 1)]
    public void A_narrow_photo_is_shown_whole(int width, int height) =>
        Assert.Equal(new Box(0, 0, width, height), FaceWindows.ZoomIn(new Box(0, 0, 10, 10), width, height));

    [Fact]
    public void A_low_photo_makes_a_low_window() => Assert.Equal(new Box(700, 0, 600, 300), FaceWindows.ZoomIn(new Box(950, 100, 100, 100), 4000, 300));

    [Property(MaxTest = 5000)]
    public Property Whatever_the_face_and_the_photo_the_face_is_in_the_window_and_the_window_in_the_photo()
    {
        var tenths = (int least, int most) => Gen.Choose(least * 10, most * 10).Select(tenth => tenth / 10f);
        var sample =
            from width in Gen.Choose(1, 4000)
            from height in Gen.Choose(1, 4000)
            from x in tenths(-500, 4500)
            from y in tenths(-500, 4500)
            from wide in tenths(0, 3000)
            from high in tenths(0, 3000)
            select (width, height, face: new Box(x, y, wide, high));
        return Prop.ForAll(sample.ToArbitrary(), one =>
        {
            var (width, height, face) = one;
            var crop = FaceWindows.Rectangle(face, width, height);
            var window = FaceWindows.ZoomIn(face, width, height);

            Assert.True(crop.X >= 0 && crop.Y >= 0 && crop.Right <= width && crop.Bottom <= height && crop.Width >= 1 && crop.Height >= 1);
            Assert.True(window.X >= 0 && window.Y >= 0 && window.Right <= width && window.Bottom <= height);
            Assert.True(crop.X >= window.X && crop.Y >= window.Y && crop.Right <= window.Right && crop.Bottom <= window.Bottom, $"{face} of {width} x {height}: {window}");
            Assert.True(window.Width >= Math.Min(600, width));
        });
    }
}
