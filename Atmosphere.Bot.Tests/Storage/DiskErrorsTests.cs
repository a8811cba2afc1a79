using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Storage;

public sealed class DiskErrorsTests
{
    [Theory]
    [InlineData(28, true, false)]
    [InlineData(unchecked((int)0x80070070), true, false)]
    [InlineData(unchecked((int)0x80070027), true, false)]
    [InlineData(11, false, true)]
    [InlineData(35, false, true)]
    [InlineData(unchecked((int)0x80070020), false, true)]
    [InlineData(unchecked((int)0x80070021), false, true)]
    [InlineData(unchecked((int)0x80070002), false, false)]
    public void A_full_disk_and_a_locked_file_are_known_on_every_system(int number, bool full, bool locked)
    {
        var error = new IOException("x", number);
        Assert.Equal((full, locked), (DiskErrors.IsFull(error), DiskErrors.IsLocked(error)));
    }
}
