using Atmosphere.Bot.Console;
using Atmosphere.Recognition.Imaging;

// A process that decodes one photo needs nothing else of the program.
if (OwnProgram.RunAsDecoder(args) is { } code)
    return code;

return await CommandLine.RunAsync(args, Server.RunAsync);
