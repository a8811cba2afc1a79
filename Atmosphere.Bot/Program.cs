using Atmosphere.Bot.Console;
using Atmosphere.Recognition.Imaging.Heif;

// A process that decodes one photo needs nothing else of the program.
if (args is [HeifChild.Verb, ..])
    return HeifChild.Run(args[1..]);

return await CommandLine.RunAsync(args, Server.RunAsync);
